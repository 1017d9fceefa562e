// Which trip counts, and where it begins.
import type { LegView, TripView, View } from './api';
import { m, pick } from './words';

/** The traveller's current one, else the next. */
export const tripOn = (view: View): TripView | null =>
  view.trips.find((trip) => trip.phase !== 'past' && !trip.of_others) ?? null;

/** That of others, which the traveller registered and is not on. */
export const tripOfOthers = (view: View): TripView | null =>
  view.trips.find((trip) => trip.phase !== 'past' && trip.of_others) ?? null;

/** The one that is looked at: the traveller's while they are on it, else what is first, whoever's. */
export function tripShown(view: View): TripView | null {
  const own = tripOn(view);
  return own?.phase === 'current' ? own : (view.trips.find(({ phase }) => phase !== 'past') ?? null);
}

/** One that is under way or comes; behind the PIN there may be one. */
export const hasTrip = ({ lock, trips }: Pick<View, 'lock' | 'trips'>): boolean =>
  lock.locked || trips.some(({ phase }) => phase !== 'past');

/** Whose it is, from where, and the places where somebody stays. */
export function titleOf(trip: TripView): string {
  const way = wayOf(trip);
  return trip.called === '' ? way : `${trip.called}: ${way}`;
}

function wayOf(trip: TripView): string {
  const stays = trip.legs.filter(({ kind }) => kind === 'stay');
  const from = trip.origin?.kind === 'airport' ? [pick(trip.origin.city)] : [];
  return [...from, ...(stays.length > 0 ? stays : trip.legs).map((leg) => pick(leg.place))].join(' → ');
}

/** A leg by its place, and the house or the airport there. */
export function legTitle({ place, airport, detail }: LegView): string {
  if (airport !== null) return m.airport_at({ city: pick(place), code: airport });
  return detail === '' ? pick(place) : `${pick(place)}, ${detail}`;
}

/** Where the trip is now, else where it leads next. */
export const stopOn = (trip: TripView): LegView | undefined =>
  trip.legs.find(({ phase }) => phase === 'current') ??
  trip.legs.find(({ phase }) => phase === 'coming') ??
  trip.legs.at(-1);

export function originWords({ origin }: TripView): string | null {
  if (!origin) return null;
  return origin.kind === 'airport' ? m.airport_at({ city: pick(origin.city), code: origin.code }) : pick(origin.name);
}

/** Another phone leads it, and this one reads it. */
export const isMoved = ({ delivery }: TripView): boolean =>
  delivery.state === 'parked' && delivery.code === 'trip_moved';
