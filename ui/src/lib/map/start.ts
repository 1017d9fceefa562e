// From the traveller's trip to the first view: which way the Earth is turned, and what must fit.
import { geoArea, geoCentroid } from 'd3-geo';
import type { CountryName, Position, View } from '../api';
import { Globe, around, type Box } from './globe';
import { aim, journey, type Aim, type Middle } from './journey';
import { outlines, type Atlas, type Outline } from './outlines';
import { shapes, type Shape } from './shapes';

export type Start = { globe: Globe; coarse: Shape[]; target: { box: Box; closest: number }; middle: Middle };

/** Europe and Africa in the middle, and the seam in the Bering Strait. */
const WORLD_MIDDLE = 11;
const CLOSEST_PLACES = 22;
const CLOSEST_ROUGH = 9;
const CLOSEST_COUNTRY = 16;
/** Room for the neighbours, as a part of the country itself. */
const NEIGHBOURS = 0.3;

export function startOf(view: View, atlas: Atlas, countries: CountryName[]): Start {
  const known = [...outlines(atlas)];
  const numericOf = (country: string) => countries.find(({ code }) => code === country)?.numeric ?? 0;
  const outlineOf = (country: string) => {
    const numeric = numericOf(country);
    return numeric === 0 ? undefined : known.find((one) => one.numeric === numeric);
  };
  const first = aim(
    view,
    journey(view, [], (country) => roughly(outlineOf(country))),
  );
  const globe = new Globe(turn(first, (code) => roughly(outlineOf(code))));
  const coarse = [...shapes(globe, known)];
  const shapeOf = (country: string) => {
    const numeric = numericOf(country);
    return numeric === 0 ? undefined : coarse.find((one) => one.numeric === numeric);
  };
  const middle = (country: string) => {
    const shape = shapeOf(country);
    return shape ? globe.from(shape.room()) : null;
  };
  return { globe, coarse, target: target(first, globe, shapeOf), middle };
}

function turn(first: Aim, middle: Middle): number {
  if (first.kind === 'world') return WORLD_MIDDLE;
  const places = first.kind === 'places' ? first.places : [middle(first.code)];
  const coordinates = places.flatMap((place) => (place ? [[place.lon, place.lat]] : []));
  const [lon] = geoCentroid({ type: 'MultiPoint', coordinates });
  return Number.isFinite(lon) ? lon : WORLD_MIDDLE;
}

function target(first: Aim, globe: Globe, shapeOf: (country: string) => Shape | undefined): Start['target'] {
  if (first.kind === 'places') {
    const places = first.places.map((place) => globe.at(place)).map(({ x, y }) => [x, y]);
    const ways = first.ways.flatMap(({ from, to }) => globe.way(from, to));
    return { box: around([...places, ...ways]), closest: first.rough ? CLOSEST_ROUGH : CLOSEST_PLACES };
  }
  const shape = first.kind === 'country' ? shapeOf(first.code) : undefined;
  if (!shape) return { box: globe.box, closest: CLOSEST_COUNTRY };
  const { left, top, right, bottom } = shape.box;
  const [wide, high] = [(right - left) * NEIGHBOURS, (bottom - top) * NEIGHBOURS];
  return {
    box: { left: left - wide, top: top - high, right: right + wide, bottom: bottom + high },
    closest: CLOSEST_COUNTRY,
  };
}

/** Before anything is projected: the middle of a country's largest part. */
function roughly(outline: Outline | undefined): Position | null {
  if (!outline) return null;
  const parts = outline.polygons.map((coordinates) => ({ type: 'Polygon' as const, coordinates }));
  const [lon, lat] = geoCentroid(parts.reduce((a, b) => (geoArea(b) > geoArea(a) ? b : a)));
  return { lon, lat };
}
