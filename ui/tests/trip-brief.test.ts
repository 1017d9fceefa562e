import { expect, it } from 'vitest';
import { brief, midnights, nightsOf, onLine } from '../src/lib/trip-brief';
import { stay, transit, trip } from './sample/trips';

const DUBAI = [{ from: '2020-01-01T00:00:00Z', seconds: 4 * 3600 }];
const NOW = '2026-03-01T10:20:00Z';
const clocks = () => DUBAI;
const AHEAD: Record<string, number> = { 'Asia/Bangkok': 7, 'America/New_York': -5 };
const zones = (zone: string) => [{ from: '2020-01-01T00:00:00Z', seconds: (AHEAD[zone] ?? 4) * 3600 }];
const line = (over: Partial<typeof trip> = {}) => brief({ ...trip, ...over }, NOW, clocks);

it('counts the midnights of a place between two instants, neither end among them', () => {
  const found = midnights('2026-02-27T20:00:00Z', '2026-03-02T20:00:00Z', DUBAI);
  expect(found.map((ms) => new Date(ms).toISOString())).toEqual([
    '2026-02-28T20:00:00.000Z',
    '2026-03-01T20:00:00.000Z',
  ]);
  expect(midnights(NOW, NOW, DUBAI)).toEqual([]);
});

it('counts the last night of a stay before a next stop, and none after its last day', () => {
  const last = { ...stay, until: '2026-03-04T20:00:00Z' };
  const before = { ...stay, until: '2026-03-03T20:00:00Z' };
  const left = (legs: (typeof trip)['legs']) => nightsOf({ ...trip, legs }, legs[0]!, NOW, zones);
  // until the 4th by both: alone it lasts to the end of that day, before a next stop to its first moment
  expect(left([last])).toBe(3);
  expect(left([before, { ...stay, from: before.until }])).toBe(3);
  expect(
    left([
      { ...before, until: '2026-03-04T18:55:00Z' },
      { ...transit, from: '2026-03-04T18:55:00Z' },
    ]),
  ).toBe(3);
  expect(nightsOf(trip, stay, stay.from, zones)).toBe(5);
  // the day begins earlier in the east, and later in the west
  const [bangkok, newYork] = ['2026-03-03T17:00:00Z', '2026-03-04T05:00:00Z'];
  expect(
    left([
      { ...stay, until: bangkok },
      { ...stay, time_zone: 'Asia/Bangkok', from: bangkok },
    ]),
  ).toBe(3);
  expect(
    left([
      { ...stay, until: newYork },
      { ...stay, time_zone: 'America/New_York', from: newYork },
    ]),
  ).toBe(3);
});

it('follows a clock that is put forward in the night', () => {
  const berlin = [
    { from: '2025-10-26T01:00:00Z', seconds: 3600 },
    { from: '2026-03-29T01:00:00Z', seconds: 7200 },
  ];
  const found = midnights('2026-03-28T12:00:00Z', '2026-03-30T12:00:00Z', berlin);
  expect(found.map((ms) => new Date(ms).toISOString())).toEqual([
    '2026-03-28T23:00:00.000Z',
    '2026-03-29T22:00:00.000Z',
  ]);
});

it('has its stops in order from the way out to home', () => {
  const { stops } = line();
  expect(stops.map(({ kind }) => kind)).toEqual(['origin', 'transit', 'arrival', 'leaving', 'home']);
  expect(stops[0]?.at).toBe(0);
  expect(stops.at(-1)?.at).toBe(100);
  expect(stops.every((stop, index) => index === 0 || stop.at > (stops[index - 1]?.at ?? 0))).toBe(true);
});

it('has the sun between the midnights around it, on the stay that is under way', () => {
  const { now, midnights, spans } = line();
  const here = spans.find(({ kind, phase }) => kind === 'stay' && phase === 'current');
  expect(now).toBeGreaterThan(here?.from ?? 100);
  expect(now).toBeLessThan(here?.to ?? 0);
  expect(midnights.filter((at) => at < (now ?? 0))).toHaveLength(1);
  expect(midnights.filter((at) => at > (now ?? 0))).toHaveLength(4);
});

it('has no sun where nothing is under way, and no home where nobody said where from', () => {
  const coming = {
    legs: [
      { ...transit, phase: 'coming' as const },
      { ...stay, phase: 'coming' as const },
    ],
  };
  expect(line(coming).now).toBeNull();
  expect(line({ origin: null }).stops.map(({ kind }) => kind)).toEqual(['transit', 'arrival', 'leaving']);
});

it('does not draw the nights of a stay without an end', () => {
  const open = { ...stay, until: '2026-05-28T20:00:00Z', open: true };
  const { midnights, stops } = line({ legs: [open] });
  expect(midnights).toEqual([]);
  expect(stops.map(({ kind }) => kind)).toEqual(['origin', 'arrival', 'unknown', 'home']);
  const alone = line({ origin: null, legs: [{ ...transit, phase: 'coming' as const }] });
  expect(alone.stops.every(({ at }) => Number.isFinite(at))).toBe(true);
});

it('cuts a stay into nights, and a longer one into weeks, months and years', () => {
  const pieces = (nights: number) => Math.round(onLine(nights).pieces);
  expect([0, 1, 5, 14, 21, 90, 120, 300, 730, 1095].map(pieces)).toEqual([1, 1, 5, 14, 3, 13, 4, 10, 2, 3]);
  for (let nights = 0; nights <= 1100; nights += 1) {
    const { rows, pieces } = onLine(nights);
    expect(rows).toBeLessThan(6.001);
    expect(pieces).toBeLessThanOrEqual(14);
  }
});

it('shares a stay that is under way between what was and what comes, in one unit', () => {
  const [was, comes] = [onLine(300, 320), onLine(20, 320)];
  expect(was.rows + comes.rows).toBeCloseTo(6);
  expect(was.pieces + comes.pieces).toBeCloseTo(320 / 30.44);
});

it('marks the months of a stay of a year, and no more than are told apart', () => {
  const year = { ...stay, from: '2025-09-01T20:00:00Z', until: '2026-09-01T20:00:00Z' };
  expect(line({ legs: [year] }).midnights).toHaveLength(11);
  const years = { ...stay, from: '2025-09-01T20:00:00Z', until: '2028-08-25T20:00:00Z' };
  expect(line({ legs: [years] }).midnights).toHaveLength(2);
});
