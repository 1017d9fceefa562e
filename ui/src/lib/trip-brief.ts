// A trip laid flat: where each stop, night and the present moment stand on a line of a hundred.
import type { LegView, Shift, TripView } from './api';
import { secondsAhead } from './words/calendar';

/** A stop of the line. `transit` is named by its airport, `arrival` and `leaving` by their days; of `unknown` nobody
 * knows the day. */
export type Stop = {
  at: number;
  kind: 'origin' | 'transit' | 'arrival' | 'leaving' | 'unknown' | 'home';
  leg: LegView | null;
  phase: 'past' | 'current' | 'coming';
};

export type Span = { from: number; to: number; kind: 'way' | 'stay'; phase: 'past' | 'current' | 'coming' };

export type Brief = { stops: Stop[]; spans: Span[]; midnights: number[]; now: number | null };

const HOP = 2;
const DAY_MS = 86_400_000;
/** More pieces of a line than this are not told apart. */
const MOST_PIECES = 14;
/** The nights of a week, a month and a year. */
const UNITS = [1, 7, 30.44, 365.25];
/** As tall as a stay on the line may be, in rows of a night. */
const MOST_ROWS = 6;

/** How many nights a piece of a stay's line stands for. */
const unitOf = (nights: number): number => UNITS.find((unit) => nights <= unit * MOST_PIECES) ?? Math.max(...UNITS);

/** How a stay of so many nights, or a part of it, stands on the line: so many rows tall, and cut into so many pieces. */
export function onLine(nights: number, whole = nights): { rows: number; pieces: number } {
  const counted = Math.max(1, nights);
  return { rows: counted * Math.min(1, MOST_ROWS / Math.max(1, whole)), pieces: counted / unitOf(whole) };
}

/** A stay is as long as its nights, and the one that lasts now has room for them. */
function length(leg: LegView): number {
  const nights = (Date.parse(leg.until) - Date.parse(leg.from)) / DAY_MS;
  return leg.phase === 'current' ? Math.min(Math.max(nights, 5), 8) : Math.min(Math.max(nights, 1.5), 4);
}

/** The midnights between two instants, by the clock of the place. */
export function midnights(from: string, until: string, shifts: Shift[]): number[] {
  const [first, last] = [Date.parse(from), Date.parse(until)];
  const found: number[] = [];
  let day = Math.floor((first + secondsAhead(first, shifts) * 1000) / DAY_MS) + 1;
  for (;;) {
    const ms = day * DAY_MS - secondsAhead(day * DAY_MS, shifts) * 1000;
    if (ms >= last) return found;
    if (ms > first) found.push(ms);
    day += 1;
  }
}

/** Which day it is by a clock. */
function dayOf(instant: string, shifts: Shift[]): number {
  const ms = Date.parse(instant);
  return Math.floor((ms + secondsAhead(ms, shifts) * 1000) / DAY_MS);
}

/**
 * The nights of a leg from an instant on. Where only the day is known on which the next one begins, the leg ends as that
 * day begins there: they are counted by the days, each by its own clock.
 */
export function nightsOf({ legs }: TripView, leg: LegView, from: string, clockOf: (zone: string) => Shift[]): number {
  const next = legs[legs.indexOf(leg) + 1];
  if (next?.from === leg.until && (next.kind === 'stay' || next.day_only))
    return Math.max(0, dayOf(next.from, clockOf(next.time_zone)) - dayOf(from, clockOf(leg.time_zone)));
  return midnights(from, leg.until, clockOf(leg.time_zone)).length;
}

export function brief(trip: TripView, now: string, clockOf: (zone: string) => Shift[]): Brief {
  const lines: Brief = { stops: [], spans: [], midnights: [], now: null };
  let at = 0;
  const move = (by: number, kind: Span['kind'], phase: Span['phase']) => {
    lines.spans.push({ from: at, to: at + by, kind, phase });
    at += by;
  };

  const started = trip.phase === 'coming' ? 'coming' : 'past';
  if (trip.origin) lines.stops.push({ at, kind: 'origin', leg: null, phase: started });
  trip.legs.forEach((leg, index) => {
    if (index > 0 || trip.origin) move(HOP, 'way', leg.phase === 'coming' ? 'coming' : 'past');
    lines.stops.push({ at, kind: leg.kind === 'transit' ? 'transit' : 'arrival', leg, phase: leg.phase });
    const stays = leg.kind === 'stay' || leg.phase === 'current';
    if (!stays) return;
    const [from, until, begun] = [Date.parse(leg.from), Date.parse(leg.until), at];
    const long = leg.kind === 'stay' ? length(leg) : HOP;
    const place = (ms: number) => begun + (long * (ms - from)) / (until - from);
    const ticks = midnights(leg.from, leg.until, clockOf(leg.time_zone));
    const unit = unitOf(ticks.length + 1);
    const isMarked = (_: number, night: number) => Math.floor((night + 1) / unit) > Math.floor(night / unit);
    if (leg.kind === 'stay' && !leg.open) lines.midnights.push(...ticks.filter(isMarked).map(place));
    if (leg.phase === 'current') lines.now = leg.open ? begun + long / 2 : place(Date.parse(now));
    move(long, 'stay', leg.phase);
    if (index === trip.legs.length - 1)
      lines.stops.push({
        at,
        kind: leg.open ? 'unknown' : 'leaving',
        leg,
        phase: leg.phase === 'past' ? 'past' : 'coming',
      });
  });
  if (trip.origin) {
    move(HOP, 'way', trip.phase === 'past' ? 'past' : 'coming');
    lines.stops.push({ at, kind: 'home', leg: null, phase: trip.phase === 'past' ? 'past' : 'coming' });
  }

  // one stop alone has no length
  const share = (value: number) => (at === 0 ? 0 : (100 * value) / at);
  return {
    stops: lines.stops.map((stop) => ({ ...stop, at: share(stop.at) })),
    spans: lines.spans.map((span) => ({ ...span, from: share(span.from), to: share(span.to) })),
    midnights: lines.midnights.map(share),
    now: lines.now === null ? null : share(lines.now),
  };
}
