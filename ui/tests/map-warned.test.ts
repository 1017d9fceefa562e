import { beforeAll, describe, expect, it, vi } from 'vitest';
import { Globe } from '../src/lib/map/globe';
import { levelOf } from '../src/lib/map/levels';
import { mix } from '../src/lib/map/mix';
import { along } from '../src/lib/map/pins';
import { countriesOf, type Scene } from '../src/lib/map/scene';
import { airportsOf, closures, inCountry, warnedOf } from '../src/lib/map/warned';
import { areas, countries, mapViews } from './sample/map';

const globe = new Globe(50);
const numericOf = (code: string) => countries.find((one) => one.code === code)?.numeric ?? 0;
const drawn = (...given: (typeof areas)[keyof typeof areas][]) => warnedOf(given, globe, numericOf);

beforeAll(() => {
  vi.stubGlobal(
    'Path2D',
    class {
      moveTo() {}
      lineTo() {}
      closePath() {}
    },
  );
});

describe('the area of a warning', () => {
  it('is the country where nothing narrows it', () => {
    expect(drawn(areas.country)).toMatchObject([{ kind: 'country', numeric: 784, grade: 4, closed: false }]);
  });

  it('is its circle about its middle, in the colour of its severity', () => {
    const [circle] = drawn(areas.circle);
    if (circle?.kind !== 'shape') return expect.fail('no shape');
    const { lon, lat } = globe.from(circle.middle) ?? expect.fail('nowhere');
    expect(circle.grade).toBe(2);
    expect(lat).toBeCloseTo(41, 0);
    expect(lon).toBeCloseTo(29, 0);
    // 180 km to each side are about 1.6 degrees of latitude
    const box = circle.pieces[0]!.box;
    const top = globe.from({ x: circle.middle.x, y: box.top });
    expect(top?.lat).toBeCloseTo(41.01 + 1.62, 1);
  });

  it('is the smaller side of its ring, whichever way round it was written, also over the seam of the map', () => {
    const seam = globe.middle - 180;
    const corners = [
      [-20, seam - 2],
      [-20, seam + 2],
      [-24, seam + 2],
      [-24, seam - 2],
      [-20, seam - 2],
    ];
    const ring = corners.map(([lat = 0, lon = 0]) => ({ lat, lon }));
    for (const polygon of [ring, [...ring].reverse()]) {
      const [one] = drawn({ ...areas.airspace, polygons: [polygon] });
      if (one?.kind !== 'shape') return expect.fail('no shape');
      const { top, bottom } = one.pieces[0]!.box;
      expect(bottom - top).toBeLessThan(8);
    }
  });

  it('is no country where only an airport is named, nor a country that the map does not know', () => {
    expect(drawn(areas.airport)).toEqual([]);
    expect(drawn({ ...areas.country, country: 'SU' })).toEqual([]);
  });
});

it('draws an airport once: closed where any warning closes it', () => {
  const open = { ...areas.airport, closed: false, severity: 'minor' as const };
  for (const given of [
    [areas.airport, open],
    [open, areas.airport],
  ]) {
    expect(airportsOf(given, globe)).toMatchObject([{ code: 'DOH', closed: true }]);
  }
  expect(airportsOf([open], globe)).toMatchObject([{ code: 'DOH', closed: false, grade: 1 }]);
});

it('names the warnings of a country by its area and by its airports', () => {
  const all = [areas.country, { ...areas.airport, advisory: 'advisory/doh' }];
  expect(inCountry(all, ['AE'])).toEqual([areas.country.advisory]);
  expect(inCountry(all, ['QA'])).toEqual(['advisory/doh']);
  expect(inCountry(all, ['OM'])).toEqual([]);
});

it('says in words which airports are closed, and whether the airspace is', () => {
  expect(closures([areas.country, areas.airport, areas.airport])).toEqual({ airports: ['DOH'], airspace: false });
  expect(closures([areas.airspace])).toEqual({ airports: [], airspace: true });
});

it('keeps names of countries off the ways, all along them', () => {
  const own = { ways: [{ lines: [[0, 0, 100, 0]] }] } as unknown as Scene['own'];
  const boxes = along({ own } as Scene, (point) => point, { width: 60, height: 40 });
  expect(boxes.length).toBeGreaterThan(8);
  expect(boxes.every(({ left }) => left < 60)).toBe(true);
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

it('lays a part of one colour over another', () => {
  expect(mix('#ff0000', '#0000ff', 1)).toBe('#ff0000');
  expect(mix('#ffffff', '#000000', 0.4)).toBe('#666666');
});
