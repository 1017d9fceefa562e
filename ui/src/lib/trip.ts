// Which trip counts, and where it begins.
import type { TripView, View } from './api';
import { m, pick } from './words';

/** The current one, else the next. */
export const tripOn = (view: View): TripView | null => view.trips.find(({ phase }) => phase !== 'past') ?? null;

export function originWords({ origin }: TripView): string | null {
  if (!origin) return null;
  return origin.kind === 'airport' ? m.airport_at({ city: pick(origin.city), code: origin.code }) : pick(origin.name);
}
