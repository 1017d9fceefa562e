// The countries around those that are counted, as paths, and where each one's circle stands.
import { load, outlines, type Outline } from '@ui/lib/map/outlines';
import { geoArea, geoCentroid, geoMercator, geoPath } from 'd3-geo';
import type { MultiPolygon, Polygon } from 'geojson';
import type { PlaceCount } from '../api/types';
import { numericOf } from '../words/countries';

export type Spot = { place: PlaceCount; x: number; y: number; radius: number };
export type Land = { paths: string[]; spots: Spot[] };

const ROOM = 36;
const LEAST = 6;
const PER_ROOT = 0.43;

/** A circle's area is how many people there are. */
export const radiusOf = (count: number): number => Math.max(LEAST, PER_ROOT * Math.sqrt(count));

const largest = ({ polygons }: Outline): Polygon =>
  polygons
    .map((coordinates): Polygon => ({ type: 'Polygon', coordinates }))
    .reduce((most, one) => (geoArea(one) > geoArea(most) ? one : most));

export async function drawn(places: PlaceCount[], width: number, height: number): Promise<Land> {
  const all = [...outlines(await load('50m'))];
  const found = places.flatMap((place) => {
    const outline = all.find(({ numeric }) => numeric !== 0 && numeric === numericOf(place.country));
    return outline ? [{ place, shape: largest(outline) }] : [];
  });
  if (found.length === 0) return { paths: [], spots: [] };
  const shown: MultiPolygon = { type: 'MultiPolygon', coordinates: found.map(({ shape }) => shape.coordinates) };
  const room: [[number, number], [number, number]] = [
    [ROOM, ROOM],
    [width - ROOM, height - ROOM],
  ];
  const projection = geoMercator().fitExtent(room, shown);
  const path = geoPath(projection);
  const near = (shape: MultiPolygon): boolean => {
    const [[left, top], [right, bottom]] = path.bounds(shape);
    return right >= 0 && left <= width && bottom >= 0 && top <= height;
  };
  const paths = all
    .map(({ polygons }): MultiPolygon => ({ type: 'MultiPolygon', coordinates: polygons }))
    .filter(near)
    .map((shape) => path(shape) ?? '');
  const spots = found.flatMap(({ place, shape }) => {
    const at = projection(geoCentroid(shape));
    return at ? [{ place, x: at[0], y: at[1], radius: radiusOf(place.count) }] : [];
  });
  return { paths, spots };
}
