// What of the traveller's own and of their people is on the map, before it is projected: stops, ways between them, missions, where they are.
import type { LegView, LevelView, MissionView, Position, TripView, View, WarnedArea, Words } from '../api';
import { tripShown } from '../trip';

export type Phase = LegView['phase'];
export type HereSource = NonNullable<View['here']>['source'];

/** Only a country is known of a place that is `rough`: it lies somewhere there. */
export type Stop = { position: Position; rough: boolean; phase: Phase; airport: string | null; name: Words };
export type Way = { from: Position; to: Position; phase: Phase };
export type Sign = { id: string; position: Position; mine: boolean; city: Words; distance: number | null };
export type You = { position: Position; rough: boolean; source: HereSource };
export type Journey = { stops: Stop[]; ways: Way[]; signs: Sign[]; you: You | null };

/** Somewhere in the middle of a country. */
export type Middle = (country: string) => Position | null;

/** What is on the map of the ministry's word. */
export type Facts = { missions: MissionView[]; levels: LevelView[]; areas: WarnedArea[] };

export function journey(view: View, missions: MissionView[], middle: Middle): Journey {
  const trip = tripShown(view);
  const stops = [...origin(trip, view), ...(trip?.legs ?? []).flatMap((leg) => stop(leg, middle))];
  const ways = stops.slice(1).flatMap((to, index) => {
    const from = stops[index];
    return from ? [{ from: from.position, to: to.position, phase: to.phase }] : [];
  });
  ways.push(...wayHome(trip, stops));
  const signs = missions.flatMap(({ id, position, mine, city, distance_km: distance }) =>
    position ? [{ id, position, mine, city, distance }] : [],
  );
  return { stops, ways, signs: signs.sort((a, b) => Number(a.mine) - Number(b.mine)), you: you(view, middle) };
}

/** Where the trip begins: behind the traveller as soon as its first leg is. Where the trip does not say, it is home, if they
 * ever said from where they leave. */
function origin(trip: TripView | null, { home }: View): Stop[] {
  if (!trip) return [];
  const phase = trip.legs[0]?.phase === 'coming' ? 'coming' : 'past';
  if (trip.origin?.kind === 'airport' && trip.origin_position)
    return [{ position: trip.origin_position, rough: false, phase, airport: trip.origin.code, name: trip.origin.city }];
  if (trip.origin || trip.of_others || !home?.position) return [];
  return [{ position: home.position, rough: false, phase, airport: null, name: home.city }];
}

/** From the last leg to where the trip began; none where nobody knows when they leave. */
function wayHome(trip: TripView | null, stops: Stop[]): Way[] {
  const last = trip?.legs.at(-1);
  const [begins, ends] = [stops[0], stops.at(-1)];
  if (!trip || !last || last.open || stops.length <= trip.legs.length || !begins || !ends || begins === ends) return [];
  return [{ from: ends.position, to: begins.position, phase: trip.phase === 'past' ? 'past' : 'coming' }];
}

function stop(leg: LegView, middle: Middle): Stop[] {
  const position = leg.position ?? middle(leg.code);
  if (!position) return [];
  return [{ position, rough: !leg.position, phase: leg.phase, airport: leg.airport, name: leg.place }];
}

function you({ here, home }: View, middle: Middle): You | null {
  if (!here) return null;
  const known = here.position ?? (here.source === 'home' ? (home?.position ?? null) : null);
  const position = known ?? middle(here.country);
  return position ? { position, rough: !known, source: here.source } : null;
}

/** What the map shows first. */
export type Aim =
  | { kind: 'places'; places: Position[]; ways: Way[]; rough: boolean }
  | { kind: 'country'; code: string }
  | { kind: 'world' };

export function aim(view: View, { stops, ways }: Journey): Aim {
  if (stops.length > 0) {
    const places = stops.map(({ position }) => position);
    return { kind: 'places', places, ways, rough: stops.some(({ rough }) => rough) };
  }
  return view.here ? { kind: 'country', code: view.here.country } : { kind: 'world' };
}
