// What somebody needs, as it is typed.
import type { Needs } from '../../lib/api';

export type NeedsFields = {
  medicine: string;
  days: number | null;
  wheelchair: boolean;
  pregnant: boolean;
  infant: boolean;
};

const MOST_DAYS = 366;

export const needsOf = (needs: Needs | undefined): NeedsFields => ({
  medicine: needs?.medicine ?? '',
  days: needs?.medicine_days ?? null,
  wheelchair: needs?.wheelchair ?? false,
  pregnant: needs?.pregnant ?? false,
  infant: needs?.infant ?? false,
});

/** Nothing is left out: what was taken back is said too. */
export const toNeeds = ({ medicine, days, wheelchair, pregnant, infant }: NeedsFields): Needs => ({
  medicine: medicine.trim(),
  medicine_days: days !== null && Number.isInteger(days) && days >= 0 && days <= MOST_DAYS ? days : null,
  wheelchair,
  pregnant,
  infant,
});

export const isAny = ({ medicine, days, wheelchair, pregnant, infant }: NeedsFields): boolean =>
  medicine !== '' || days !== null || wheelchair || pregnant || infant;
