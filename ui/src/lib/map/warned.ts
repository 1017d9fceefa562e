// Where warnings hold, in the units of the flat world: whole countries, shapes and airports.
import type { WarnedArea } from '../api';
import { severityGrade } from '../words/codes';
import { around, type Box, type Globe, type Point } from './globe';
import type { Level } from './levels';
import type { Position } from 'geojson';
import { pathOf, type Piece } from './shapes';

/** Of a whole country only its ISO numeric code is known here: its outline is the map's. */
export type Warned = { advisory: string; grade: Level; closed: boolean } & (
  { kind: 'country'; numeric: number } | { kind: 'shape'; pieces: Piece[]; middle: Point }
);
export type Airport = { advisory: string; grade: Level; closed: boolean; code: string; at: Point };

export function warnedOf(areas: WarnedArea[], globe: Globe, numericOf: (country: string) => number): Warned[] {
  return areas.flatMap((area): Warned[] => {
    const one = { advisory: area.advisory, grade: severityGrade[area.severity], closed: area.closed };
    if (isWhole(area)) {
      const numeric = area.country === null ? 0 : numericOf(area.country);
      return numeric === 0 ? [] : [{ ...one, kind: 'country', numeric }];
    }
    const rings = [
      ...area.polygons.map((ring) => ring.map(({ lat, lon }): Position => [lon, lat])),
      ...area.circles.map(({ center, radius_km }) => globe.circle(center, radius_km)),
    ];
    if (rings.length === 0) return [];
    const pieces = rings.map((ring) => piece(globe, ring));
    return [{ ...one, kind: 'shape', pieces, middle: middleOf(pieces.map(({ box }) => box)) }];
  });
}

export function airportsOf(areas: WarnedArea[], globe: Globe): Airport[] {
  const named = areas.flatMap(({ advisory, severity, closed, airports }) =>
    airports.map(({ code, position }) => ({
      advisory,
      grade: severityGrade[severity],
      closed,
      code,
      at: globe.at(position),
    })),
  );
  // of an airport that several warnings name: the one that closes it, else the worst, which comes last
  const best = new Map<string, Airport>();
  for (const one of named) {
    if (one.closed || best.get(one.code)?.closed !== true) best.set(one.code, one);
  }
  return [...best.values()];
}

/** The warnings that speak of a country, wherever in it they hold. */
export function inCountry(areas: WarnedArea[], codes: string[]): string[] {
  const speaks = ({ country, airports }: WarnedArea) =>
    (country !== null && codes.includes(country)) || airports.some((airport) => codes.includes(airport.country));
  return areas.filter(speaks).map(({ advisory }) => advisory);
}

const isWhole = ({ polygons, circles, airports }: WarnedArea): boolean =>
  polygons.length === 0 && circles.length === 0 && airports.length === 0;

function piece(globe: Globe, ring: Position[]): Piece {
  const lines = globe.rings([globe.turned(ring)]);
  const points = lines.reduce((sum, line) => sum + line.length / 2, 0);
  return { path: pathOf(lines, true), box: around(lines), points };
}

function middleOf(boxes: Box[]): Point {
  const largest = boxes.reduce((a, b) => (b.right - b.left > a.right - a.left ? b : a));
  return { x: (largest.left + largest.right) / 2, y: (largest.top + largest.bottom) / 2 };
}

/** The airports that are closed, and whether an airspace is. */
export function closures(areas: WarnedArea[]): { airports: string[]; airspace: boolean } {
  const closed = areas.filter((area) => area.closed);
  const codes = closed.flatMap(({ airports }) => airports.map(({ code }) => code));
  return { airports: [...new Set(codes)], airspace: closed.some(({ airports }) => airports.length === 0) };
}
