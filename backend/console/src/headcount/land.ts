// The countries around those that are counted, as paths, and where each one's circle stands.
import { load, outlines, type Outline } from '@ui/lib/map/outlines';
import { geoArea, geoCentroid, geoMercator, geoPath } from 'd3-geo';
import type { MultiPolygon, Polygon } from 'geojson';
import type { PlaceCount } from '../api/types';
import { numericOf } from '../words/countries';

export type Spot = { place: PlaceCount; x: number; y: number; radius: number; label: Label };
/** Beside a small circle, on the side that is free, and no nearer to another than a line. */
export type Label = { side: 'left' | 'right' | 'below'; y: number };
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
  return { paths, spots: labelled(spots) };
}

/** A smaller circle has its number beside it. */
export const HOLDS = 18;
const LINE = 17;
/** How wide a label may be. */
const WORDS = 110;

export function labelled(spots: Omit<Spot, 'label'>[]): Spot[] {
  const placed: Spot[] = [];
  for (const spot of [...spots].sort((a, b) => a.y - b.y)) {
    if (spot.radius > HOLDS) {
      placed.push({ ...spot, label: { side: 'below', y: spot.y + spot.radius + 15 } });
      continue;
    }
    const inTheWay = spots.some(
      (other) =>
        other !== spot &&
        other.x > spot.x &&
        other.x - other.radius < spot.x + spot.radius + WORDS &&
        Math.abs(other.y - spot.y) < other.radius + LINE,
    );
    const side = inTheWay ? 'left' : 'right';
    const above = placed.filter(({ label }) => label.side === side).map(({ label }) => label.y + LINE);
    placed.push({ ...spot, label: { side, y: Math.max(spot.y + 4.5, ...above.filter((y) => y < spot.y + 2 * LINE)) } });
  }
  return placed;
}
