// Countries ready to be drawn: projected once, cut into pieces that are skipped while out of sight.
import { geoContains } from 'd3-geo';
import { around, type Box, type Globe, type Line, type Point } from './globe';
import type { Outline, Polygon } from './outlines';
import { roomIn, type Room } from './room';

export type Piece = { path: Path2D; box: Box; points: number };
/** Its box and the room for words are those of its largest piece. */
export type Shape = { numeric: number; pieces: Piece[]; borders: Piece[]; box: Box; room: () => Room };

/** Drawn by Natural Earth with one of those who claim it, and a piece of its own: no level covers it. */
const NEAR_DEGREES = 3;
const CLAIMED = [{ numeric: 643, lon: 34.2, lat: 45.3 }];

export function* shapes(globe: Globe, outlines: Iterable<Outline>): Generator<Shape> {
  for (const outline of outlines) {
    for (const part of undisputed(outline)) yield shape(globe, part);
  }
}

export function pathOf(lines: Line[], closed: boolean): Path2D {
  const path = new Path2D();
  for (const line of lines) {
    path.moveTo(line[0] ?? 0, line[1] ?? 0);
    for (let at = 2; at < line.length; at += 2) path.lineTo(line[at] ?? 0, line[at + 1] ?? 0);
    if (closed) path.closePath();
  }
  return path;
}

/** Asked of a pen, since it can test a path. */
export function isIn(pen: CanvasRenderingContext2D, { pieces }: Pick<Shape, 'pieces'>, { x, y }: Point): boolean {
  const near = pieces.filter(({ box }) => box.left <= x && x <= box.right && box.top <= y && y <= box.bottom);
  if (near.length === 0) return false;
  pen.save();
  pen.setTransform(1, 0, 0, 1, 0, 0);
  const found = near.some(({ path }) => pen.isPointInPath(path, x, y));
  pen.restore();
  return found;
}

function undisputed(outline: Outline): Outline[] {
  const places = CLAIMED.filter(({ numeric }) => numeric === outline.numeric);
  if (places.length === 0) return [outline];
  const claimed = (coordinates: Polygon) =>
    places.some(
      (place) => isNear(coordinates, place) && geoContains({ type: 'Polygon', coordinates }, [place.lon, place.lat]),
    );
  const apart = outline.polygons.filter(claimed);
  const rest = outline.polygons.filter((polygon) => !apart.includes(polygon));
  return [
    { ...outline, polygons: rest },
    ...apart.map((polygon) => ({ numeric: 0, polygons: [polygon], borders: [] })),
  ];
}

function shape(globe: Globe, { numeric, polygons, borders }: Outline): Shape {
  const pieces = polygons.map((polygon) => {
    const rings = globe.rings(polygon);
    return { rings, box: around(rings) };
  });
  const main = pieces.reduce((a, b) => (area(b.box) > area(a.box) ? b : a));
  return {
    numeric,
    pieces: pieces.map(({ rings, box }) => ({
      path: pathOf(rings, true),
      box,
      points: rings.reduce((sum, ring) => sum + ring.length / 2, 0),
    })),
    borders: globe.lines(borders).map((line) => ({
      path: pathOf([line], false),
      box: around([line]),
      points: line.length / 2,
    })),
    box: main.box,
    room: once(() => roomIn(main.rings)),
  };
}

/** Most polygons need no closer look. */
const isNear = ([ring = []]: Polygon, place: { lon: number; lat: number }): boolean =>
  ring.some(
    ([lon = 0, lat = 0]) => Math.abs(lon - place.lon) < NEAR_DEGREES && Math.abs(lat - place.lat) < NEAR_DEGREES,
  );

function once<T>(make: () => T): () => T {
  let made: { value: T } | null = null;
  return () => (made ??= { value: make() }).value;
}

const area = ({ left, top, right, bottom }: Box): number => (right - left) * (bottom - top);
