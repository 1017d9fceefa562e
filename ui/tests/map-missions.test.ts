import { expect, it } from 'vitest';
import { covered, missionSigns } from '../src/lib/map/pins';
import { overlap } from '../src/lib/map/globe';
import type { Own, Scene } from '../src/lib/map/scene';

const on = (point: { x: number; y: number }) => point;
const sign = (x: number, y: number, mine = false) => ({ at: { x, y }, mine, words: `${x}` });
const own = (...signs: Own['signs']): Own => ({ ways: [], stops: [], signs, you: null });
const scene = (of: Own): Scene => ({
  countries: { levels: new Map(), names: new Map() },
  warned: [],
  airports: [],
  own: of,
});
const FAR = 1;
const NEAR = 50;

it('shows missions that would lie over each other as one with their number, the traveller’s first', () => {
  const shown = missionSigns(scene(own(sign(100, 100), sign(108, 96, true), sign(200, 100))), on, NEAR);
  expect(shown.map(({ words, mine, count }) => [words, mine, count])).toEqual([
    ['108', true, 2],
    ['200', false, 1],
  ]);
});

it('shows those of others from near alone', () => {
  expect(missionSigns(scene(own(sign(100, 100), sign(200, 100, true))), on, FAR).map(({ words }) => words)).toEqual([
    '200',
  ]);
});

it('brings each out from under the traveller’s sign, to a side of its own', () => {
  const you = { at: { x: 100, y: 100 }, rough: false, words: 'you' };
  const under = missionSigns(scene({ ...own(sign(102, 100), sign(90, 125), sign(180, 180)), you }), on, NEAR);
  expect(under.map(({ at }) => at)).toEqual([
    { x: 134, y: 142 },
    { x: 90, y: 125 },
    { x: 180, y: 180 },
  ]);
  const taken = missionSigns(scene({ ...own(sign(134, 142, true), sign(102, 100)), you }), on, NEAR);
  expect(taken.map(({ at }) => at)).toEqual([
    { x: 134, y: 142 },
    { x: 66, y: 142 },
  ]);
});

it('lets no word lie over a mission’s sign, whosever it is', () => {
  const others = scene(own(sign(100, 100)));
  const word = { left: 90, top: 95, right: 140, bottom: 110 };
  expect(covered(others, on, missionSigns(others, on, NEAR)).some((box) => overlap(box, word))).toBe(true);
  expect(covered(others, on, missionSigns(others, on, FAR))).toEqual([]);
});
