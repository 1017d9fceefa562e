// How many are on a trip, in words.
import type { TripView } from '../../lib/api';
import { m } from '../../lib/words';

/** How many, and whether the traveller is one of them. */
export const peopleOf = ({ people, of_others }: TripView): string =>
  of_others ? `${m.people({ count: people })}\u00a0· ${m.trip_of_others()}` : m.people({ count: people });
