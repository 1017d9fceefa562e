// The outlines of countries: Natural Earth by way of world-atlas, each scale in a chunk of its own.
import type { Feature, Position } from 'geojson';
import { feature } from 'topojson-client';
import type { GeometryCollection, GeometryObject, Topology } from 'topojson-specification';

export type Scale = '110m' | '50m';
export type Atlas = Topology<{ countries: GeometryCollection<{ name: string }> }>;

/** A ring ends where it began; the first of a polygon is its outside. */
export type Polygon = Position[][];
/** `numeric` is 0 for land that no country's level covers. */
/** Each border is with one of the two countries that it lies between. */
export type Outline = { numeric: number; polygons: Polygon[]; borders: Position[][] };

const files = {
  '110m': () => import('world-atlas/countries-110m.json'),
  '50m': () => import('world-atlas/countries-50m.json'),
};

export async function load(scale: Scale): Promise<Atlas> {
  return (await files[scale]()).default;
}

export function* outlines(atlas: Atlas): Generator<Outline> {
  const { geometries } = atlas.objects.countries;
  const between = shared(geometries.map(arcsOf));
  for (const [index, country] of geometries.entries()) {
    const { geometry } = feature(atlas, country) as Feature;
    if (geometry.type !== 'Polygon' && geometry.type !== 'MultiPolygon') continue;
    const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
    const arcs = between[index]?.map((arc) => [arc]) ?? [];
    const { coordinates: borders } = feature(atlas, { type: 'MultiLineString', arcs }).geometry;
    yield { numeric: Number(country.id ?? 0), polygons, borders };
  }
}

/** The pieces of line that a country is made of; one that is gone backwards is the same. */
function arcsOf(country: GeometryObject): number[] {
  const arcs = 'arcs' in country ? country.arcs.flat(2) : [];
  return [...new Set(arcs.map((arc) => (arc < 0 ? ~arc : arc)))];
}

/** Of each country those that another has too, each once: no coast is. */
function shared(countries: number[][]): number[][] {
  const times = new Map<number, number>();
  for (const arc of countries.flat()) times.set(arc, (times.get(arc) ?? 0) + 1);
  const taken = new Set<number>();
  return countries.map((arcs) => arcs.filter((arc) => (times.get(arc) ?? 0) > 1 && !taken.has(arc) && taken.add(arc)));
}
