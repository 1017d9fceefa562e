// The round Earth laid flat (Equal Earth), turned so that what is looked at first lies in the middle, where shapes are
// true and no seam runs. One unit is about one degree.
import type { GeoPermissibleObjects } from 'd3-geo';
import { geoArea, geoCircle, geoEqualEarth, geoEqualEarthRaw, geoPath } from 'd3-geo';
import type { Position } from '../api';
import type { Polygon } from './outlines';

export type Point = { x: number; y: number };
export type Box = { left: number; top: number; right: number; bottom: number };
/** x and y of each point in turn. */
export type Line = number[];

const UNITS_IN_RADIAN = 180 / Math.PI;
const RESAMPLE_UNITS = 0.05;
const ROUND_TRIP_UNITS = 0.01;
const ROUNDING = 1e-6;
const KM_IN_DEGREE = 111.195;
const HALF_OF_THE_EARTH = 2 * Math.PI;
const EDGE: GeoPermissibleObjects = { type: 'Sphere' };

export class Globe {
  readonly box: Box;
  readonly #flat;

  constructor(readonly middle: number) {
    this.#flat = geoEqualEarth()
      .rotate([-middle, 0])
      .scale(UNITS_IN_RADIAN)
      .translate([0, 0])
      .precision(RESAMPLE_UNITS);
    const [[left, top], [right, bottom]] = geoPath(this.#flat).bounds(EDGE);
    this.box = { left, top, right, bottom };
  }

  at({ lon, lat }: Position): Point {
    const east = ((((lon - this.middle + 180) % 360) + 360) % 360) - 180;
    const [x, y] = geoEqualEarthRaw(east / UNITS_IN_RADIAN, lat / UNITS_IN_RADIAN);
    return { x: x * UNITS_IN_RADIAN, y: -y * UNITS_IN_RADIAN };
  }

  /** The place at a point; null beyond the edge of the world. */
  from({ x, y }: Point): Position | null {
    const [lon, lat] = this.#flat.invert?.([x, y]) ?? [NaN, NaN];
    const again = this.at({ lon, lat });
    return Math.hypot(again.x - x, again.y - y) < ROUND_TRIP_UNITS ? { lon, lat } : null;
  }

  edge(): Line[] {
    return this.#trace(EDGE);
  }

  /** The shortest way over the ground; in two parts where it leaves one side of the map for the other. */
  way(from: Position, to: Position): Line[] {
    return this.#trace({
      type: 'LineString',
      coordinates: [
        [from.lon, from.lat],
        [to.lon, to.lat],
      ],
    });
  }

  circle({ lon, lat }: Position, km: number): Polygon[number] {
    const [ring = []] = geoCircle()
      .center([lon, lat])
      .radius(km / KM_IN_DEGREE)().coordinates;
    return ring;
  }

  /** Whichever way round it was written: what it holds is the smaller part of the Earth. */
  turned(ring: Polygon[number]): Polygon[number] {
    const area = geoArea({ type: 'Polygon', coordinates: [ring] });
    return area > HALF_OF_THE_EARTH ? [...ring].reverse() : ring;
  }

  rings(polygon: Polygon): Line[] {
    const rings = polygon.map((ring) => this.#ring(ring));
    const overSeam = rings.some((ring) => this.#jumps(ring));
    return overSeam ? this.#trace({ type: 'Polygon', coordinates: polygon }) : rings;
  }

  /** Lines that lead nowhere back. */
  lines(lines: Polygon): Line[] {
    return lines.flatMap((coordinates) => {
      const line = this.#ring(coordinates);
      return this.#jumps(line) ? this.#trace({ type: 'LineString', coordinates }) : [line];
    });
  }

  #ring(ring: Polygon[number]): Line {
    const line: Line = [];
    for (const [lon = 0, lat = 0] of ring) {
      const { x, y } = this.at({ lon, lat });
      line.push(x, y);
    }
    return line;
  }

  #jumps(line: Line): boolean {
    const half = this.box.right;
    for (let at = 2; at < line.length; at += 2) {
      if (Math.abs((line[at] ?? 0) - (line[at - 2] ?? 0)) > half) return true;
    }
    return false;
  }

  #trace(shape: GeoPermissibleObjects): Line[] {
    const lines: Line[] = [];
    let line: Line = [];
    geoPath(this.#flat, {
      beginPath: () => undefined,
      moveTo: (x, y) => lines.push((line = [x, y])),
      lineTo: (x, y) => line.push(x, y),
      closePath: () => undefined,
      arc: () => undefined,
    })(shape);
    return lines;
  }
}

export function around(lines: Iterable<Line>): Box {
  const box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  for (const line of lines) {
    for (let at = 0; at < line.length; at += 2) {
      const [x = 0, y = 0] = [line[at], line[at + 1]];
      box.left = Math.min(box.left, x);
      box.right = Math.max(box.right, x);
      box.top = Math.min(box.top, y);
      box.bottom = Math.max(box.bottom, y);
    }
  }
  return box;
}

/** With room for what rounding to whole pixels moved. */
export const holds = (outer: Box, inner: Box): boolean =>
  outer.left <= inner.left + ROUNDING &&
  outer.top <= inner.top + ROUNDING &&
  outer.right >= inner.right - ROUNDING &&
  outer.bottom >= inner.bottom - ROUNDING;

export const overlap = (a: Box, b: Box): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
