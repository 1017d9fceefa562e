// The tiles of the strip, each of which shows only its own cases.
import type { CaseRow, Counts } from '../api/types';

export type Filter = keyof Counts;

export const isLate = ({ due }: CaseRow, now: number): boolean => due !== null && Date.parse(due.at) < now;

export function passes(filter: Filter, row: CaseRow, me: number | null, now: number): boolean {
  switch (filter) {
    case 'nobody':
      return row.owner === null;
    case 'late':
      return isLate(row, now);
    case 'promised':
      return row.step?.promised === true;
    case 'no_step':
      return row.owner !== null && row.step === null;
    case 'waits':
      return row.waits;
    case 'mine':
      return row.owner?.id === me;
  }
}
