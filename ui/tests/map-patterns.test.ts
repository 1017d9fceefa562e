import { expect, it } from 'vitest';
import { levelOf, levels, marks, patterns } from '../src/lib/map/patterns';
import { countriesOf } from '../src/lib/map/scene';
import { countries, mapViews } from './sample/map';

it('draws each level in its own way, so that colour never speaks alone', () => {
  const drawn = levels.map((level) => marks(patterns[level]));
  expect(new Set(drawn).size).toBe(levels.length);
  expect(drawn.every((path) => path !== '')).toBe(true);
});

it('makes more marks the higher the level of danger', () => {
  const ink = levels.map((level) => {
    const { side, lines, dots, width } = patterns[level];
    const long = lines.reduce((sum, [x1, y1, x2, y2]) => sum + Math.hypot(x2 - x1, y2 - y1), 0);
    return (long * width + dots.length * 2.5) / side ** 2;
  });
  expect([...ink].sort((a, b) => a - b)).toEqual(ink);
});

it('knows no level but the four', () => {
  expect([0, 1, 4, 5, 2.5, NaN].map(levelOf)).toEqual([null, 1, 4, null, null, null]);
});

it('joins levels and names to the outlines by the ISO number', () => {
  const { levels, names } = countriesOf(countries, mapViews.map.levels, (words) => words.ru ?? '');
  expect(levels.get(784)).toBe(4);
  expect(levels.has(398)).toBe(false);
  expect(names.get(398)).toBe('Казахстан');
  // land without a code takes nobody's level or name
  expect(levels.has(0) || names.has(0)).toBe(false);
});
