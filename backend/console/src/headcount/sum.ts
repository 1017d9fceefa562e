// Counts of several places as one.
import type { Headcount, PlaceCount } from '../api/types';

type Figures = Headcount['total'];
const NOTHING: Figures = { count: 0, safe: 0, help: 0, stranded: 0, silent: 0, overdue: 0, helpWithoutTrip: 0 };

/** By who needs help, then by how many there are; and all of them together. */
export function summed(places: PlaceCount[]): Pick<Headcount, 'total' | 'places'> {
  const total = places.reduce<Figures>(
    (sum, place) => ({
      count: sum.count + place.count,
      safe: sum.safe + place.safe,
      help: sum.help + place.help,
      stranded: sum.stranded + place.stranded,
      silent: sum.silent + place.silent,
      overdue: sum.overdue + place.overdue,
      helpWithoutTrip: sum.helpWithoutTrip + place.helpWithoutTrip,
    }),
    NOTHING,
  );
  return { total, places: [...places].sort((a, b) => b.help - a.help || b.count - a.count) };
}
