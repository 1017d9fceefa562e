import { expect, it } from 'vitest';
import { covered, MISSION, missionsAt, missionSigns } from '../src/lib/map/pins';
import { overlap } from '../src/lib/map/globe';
import type { Own, Scene } from '../src/lib/map/scene';

const on = (point: { x: number; y: number }) => point;
const sign = (x: number, y: number, mine = false) => ({ id: `${x},${y}`, at: { x, y }, mine, words: `${x}` });
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
  expect(shown.map(({ words, mine, all }) => [words, mine, all.length])).toEqual([
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
  const under = missionSigns(scene({ ...own(sign(102, 100), sign(90, 140), sign(180, 180)), you }), on, NEAR);
  expect(under.map(({ at }) => at)).toEqual([
    { x: 134, y: 142 },
    { x: 90, y: 140 },
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

/** A hundred missions where chance throws them, the same each time. */
function thrown(seed: number): Own['signs'] {
  let now = seed;
  const next = (most: number) => (now = (now * 1_103_515_245 + 12_345) % 2_147_483_648) % most;
  return Array.from({ length: 100 }, () => sign(next(390), next(476), next(10) === 0));
}

it('lays no sign over another, nor over its number, and leaves none out', () => {
  const you = { at: { x: 190, y: 230 }, rough: false, words: 'you' };
  for (let seed = 1; seed <= 50; seed += 1) {
    const signs = thrown(seed);
    const shown = missionSigns(scene({ ...own(...signs), you }), on, NEAR);
    expect(shown.flatMap(({ all }) => all).sort()).toEqual(signs.map(({ id }) => id).sort());
    for (const one of shown) {
      const beside = shown.filter((other) => other !== one);
      const nearest = Math.min(
        ...beside.map(({ at }) => Math.max(Math.abs(at.x - one.at.x), Math.abs(at.y - one.at.y))),
      );
      expect(nearest).toBeGreaterThanOrEqual(2 * MISSION + 8);
    }
  }
});

it('leads from a pressed sign to each that it stands for, from beside its place too', () => {
  const you = { at: { x: 100, y: 100 }, rough: false, words: 'you' };
  const shown = missionSigns(scene({ ...own(sign(102, 100), sign(118, 118), sign(300, 300)), you }), on, NEAR);
  const [first] = shown;
  expect(first?.at).not.toEqual({ x: 102, y: 100 });
  expect(missionsAt(shown, first!.at)).toEqual(['102,100', '118,118']);
  expect(missionsAt(shown, { x: 310, y: 305 })).toEqual(['300,300']);
  expect(missionsAt(shown, { x: 20, y: 20 })).toEqual([]);
});
