// How many are on a trip, in words, and who reads what of them.
import type { TripView } from '../../lib/api';
import { m } from '../../lib/words';

/** How many, and whether the traveller is one of them. */
export const peopleOf = ({ people, of_others }: TripView): string =>
  of_others ? `${m.people({ count: people })}\u00a0· ${m.trip_of_others()}` : m.people({ count: people });

/** Who sees what was said to reach them by; nothing where they said nothing. */
export function sealedWords({ has_phone, legs }: TripView): string {
  const hasAddress = legs.some(({ kind, detail }) => kind === 'stay' && detail !== '');
  if (has_phone) return hasAddress ? m.trip_sealed() : m.trip_sealed_phone();
  return hasAddress ? m.trip_sealed_address() : '';
}
