import type { Position } from 'geojson';
import { mesh } from 'topojson-client';
import { describe, expect, it } from 'vitest';
import { load, outlines } from '../src/lib/map/outlines';

const lengthOf = (lines: Position[][]): number =>
  lines.reduce(
    (sum, line) =>
      line.slice(1).reduce((length, [x = 0, y = 0], at) => {
        const [left = 0, top = 0] = line[at] ?? [];
        return length + Math.hypot(x - left, y - top);
      }, sum),
    0,
  );

describe('the borders of countries', () => {
  it('are what lies between two of them, each once', async () => {
    const atlas = await load('110m');
    const all = [...outlines(atlas)].flatMap(({ borders }) => borders);
    const between = mesh(atlas, atlas.objects.countries, (one, other) => one !== other);
    expect(lengthOf(all)).toBeCloseTo(lengthOf(between.coordinates), 6);
  });

  it('leave an island none', async () => {
    const iceland = [...outlines(await load('110m'))].find(({ numeric }) => numeric === 352);
    expect(iceland?.borders).toEqual([]);
  });
});
