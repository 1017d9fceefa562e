import { beforeAll, describe, expect, it, vi } from 'vitest';
import { Globe, around, holds } from '../src/lib/map/globe';
import { load, outlines, type Atlas, type Scale } from '../src/lib/map/outlines';
import { shapes, type Shape } from '../src/lib/map/shapes';

const places = {
  almaty: { lat: 43.26, lon: 76.93 },
  fiji: { lat: -17.8, lon: 178.1 },
  honolulu: { lat: 21.3, lon: -157.9 },
  pole: { lat: 89.9, lon: 40 },
};

describe.each([0, 11, 70, -170])('turned to %s°', (middle) => {
  const globe = new Globe(middle);

  it.each(Object.entries(places))('finds %s again from where it is drawn', (_, place) => {
    const found = globe.from(globe.at(place));
    expect(found?.lat).toBeCloseTo(place.lat, 3);
    expect(found?.lon).toBeCloseTo(place.lon, 3);
  });

  it('knows that there is nothing beyond the edge', () => {
    const { box } = globe;
    expect(globe.from({ x: box.right * 1.02, y: 0 })).toBeNull();
    expect(globe.from({ x: 0, y: box.top * 1.02 })).toBeNull();
    // the corner of the sheet is outside the round edge
    expect(globe.from({ x: box.right * 0.99, y: box.top * 0.97 })).toBeNull();
  });

  it('draws every way within the edge', () => {
    const way = globe.way(places.almaty, places.honolulu);
    expect(holds(globe.box, around(way))).toBe(true);
  });
});

it('cuts a way that leaves one side of the map for the other', () => {
  expect(new Globe(11).way(places.fiji, places.honolulu)).toHaveLength(2);
  expect(new Globe(-170).way(places.fiji, places.honolulu)).toHaveLength(1);
});

it('curves a long way like the shortest one over the ground', () => {
  const globe = new Globe(0);
  const [way = []] = globe.way({ lat: 50, lon: -60 }, { lat: 50, lon: 60 });
  expect(around([way]).top).toBeLessThan(globe.at({ lat: 60, lon: 0 }).y);
});

describe.each<Scale>(['110m', '50m'])('the outlines at %s', (scale) => {
  const globe = new Globe(62);
  let atlas: Atlas;
  let drawn: Shape[];
  const of = (numeric: number) => drawn.filter((one) => one.numeric === numeric);

  beforeAll(async () => {
    vi.stubGlobal(
      'Path2D',
      class {
        moveTo() {}
        lineTo() {}
        closePath() {}
      },
    );
    atlas = await load(scale);
    drawn = [...shapes(globe, outlines(atlas))];
  });

  it('has the countries by their ISO numbers', () => {
    for (const numeric of [398, 784, 792, 643, 156, 840, 4]) expect(of(numeric)).toHaveLength(1);
  });

  it('stays on the map, also where a country lies over the seam or the pole', () => {
    for (const { pieces } of drawn) {
      for (const { box } of pieces) {
        expect(Number.isFinite(box.left + box.top + box.right + box.bottom)).toBe(true);
        expect(
          holds(
            {
              left: globe.box.left - 0.1,
              top: globe.box.top - 0.1,
              right: globe.box.right + 0.1,
              bottom: globe.box.bottom + 0.1,
            },
            box,
          ),
        ).toBe(true);
      }
    }
  });

  it('covers no claimed place with the level of one who claims it', () => {
    const { x, y } = globe.at({ lon: 34.2, lat: 45.3 });
    const there = drawn.filter(({ pieces }) =>
      pieces.some(({ box }) => box.left < x && x < box.right && box.top < y && y < box.bottom),
    );
    expect(there.some(({ numeric, box }) => numeric === 0 && box.right - box.left < 8)).toBe(true);
    const russia = of(643)[0];
    expect(russia && russia.box.right - russia.box.left).toBeGreaterThan(50);
    expect(
      russia?.pieces.some(
        ({ box }) => box.right - box.left < 8 && box.left < x && x < box.right && box.top < y && y < box.bottom,
      ),
    ).toBe(false);
  });

  it('has room for words inside a country, not in the sea beside it', () => {
    for (const numeric of [398, 784, 792, 704, 191]) {
      const shape = of(numeric)[0];
      const room = shape?.room();
      if (!shape || !room) return expect.fail(`no shape ${numeric}`);
      expect(room.x).toBeGreaterThan(shape.box.left);
      expect(room.x).toBeLessThan(shape.box.right);
      expect(room.width).toBeGreaterThan(0);
      expect(room.height).toBeGreaterThan(0);
    }
  });
});
