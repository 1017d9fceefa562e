// The outlines of countries: Natural Earth by way of world-atlas, each scale in a chunk of its own.
import type { Feature, Position } from 'geojson';
import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';

export type Scale = '110m' | '50m';
export type Atlas = Topology<{ countries: GeometryCollection<{ name: string }> }>;

/** A ring ends where it began; the first of a polygon is its outside. */
export type Polygon = Position[][];
/** `numeric` is 0 for land that no country's level covers. */
export type Outline = { numeric: number; polygons: Polygon[] };

const files = {
  '110m': () => import('world-atlas/countries-110m.json'),
  '50m': () => import('world-atlas/countries-50m.json'),
};

export async function load(scale: Scale): Promise<Atlas> {
  return (await files[scale]()).default;
}

export function* outlines(atlas: Atlas): Generator<Outline> {
  for (const country of atlas.objects.countries.geometries) {
    const { geometry } = feature(atlas, country) as Feature;
    if (geometry.type !== 'Polygon' && geometry.type !== 'MultiPolygon') continue;
    const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
    yield { numeric: Number(country.id ?? 0), polygons };
  }
}
