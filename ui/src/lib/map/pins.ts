// Paints signs that keep their size: stops, airports that warnings name, missions, where the traveller is.
import type { Size } from './camera';
import { overlap, type Box, type Point } from './globe';
import type { Palette } from './palette';
import type { Scene } from './scene';

type Pen = CanvasRenderingContext2D;
export type ToScreen = (point: Point) => Point;
/** It stands `at` its place, or beside that where another sign covers it, for `all` the missions that would lie over it. */
export type MissionSign = { at: Point; place: Point; mine: boolean; words: string; all: string[] };

/** Where the missions of others begin to show. */
export const OTHERS_FROM = 5;
export const STOP = 6;
export const CLOSED = 8;
export const YOU = 9;
/** Half of a mission's square. */
export const MISSION = 11;
export const WARNING = 9;
/** The disc in which the number of missions stands. */
const COUNT = 8;
/** So far apart no sign lies over another, nor over its number. */
const APART = 2 * MISSION + COUNT;
/** As far from the middle of a sign a finger still means it. */
const MEANT = 22;
const AROUND_YOU = 30;
const ALONG = 6;
/** A piece of a way that long is far closer than the eye needs it. */
const MOST_ALONG = 1000;
const AROUND_ALPHA = 0.14;
/** Where a mission goes from under another sign. */
const ASIDE: Point[] = [
  { x: 34, y: 42 },
  { x: -34, y: 42 },
  { x: -34, y: -42 },
  { x: 34, y: -42 },
];
const UNDER_SIGN = YOU + MISSION + 2;

const LANDMARK =
  'M10 18v-7M11.1 2.2a2 2 0 0 1 1.8 0l7.8 3.8A.5.5 0 0 1 20.5 7h-17a.5.5 0 0 1-.2-.9zM14 18v-7M18 18v-7M3 22h18M6 18v-7';
const TRIANGLE = 'M12 3.2 21.8 20.2H2.2Z';
const MARK = 'M12 9.5v4.5M12 17v.1';

/** A mission of others makes room for the words that stand over it. */
export function paintPins(
  pen: Pen,
  scene: Scene,
  missions: MissionSign[],
  palette: Palette,
  on: ToScreen,
  words: Box[],
): void {
  const { own, airports } = scene;
  const isUnder = ({ at }: MissionSign) => words.some((box) => overlap(box, boxAround(at, MISSION)));
  for (const sign of missions.filter((one) => !one.mine && !isUnder(one))) stand(pen, sign, palette);
  for (const { at, phase, rough, airport } of own.stops) {
    if (airports.some(({ code }) => code === airport)) continue;
    const ink = phase === 'past' ? palette.soft : phase === 'current' ? palette.steppe : palette.ink;
    ring(pen, on(at), STOP, 2.5, ink, palette.card, rough);
  }
  for (const { at, closed, grade } of airports) {
    if (closed) paintClosed(pen, on(at), palette);
    else paintWarning(pen, on(at), palette.level[grade].ink, palette.card);
  }
  if (own.you) around(pen, on(own.you.at), palette.steppe, own.you.rough);
  for (const sign of missions.filter(({ mine }) => mine)) stand(pen, sign, palette);
  if (own.you) {
    const at = on(own.you.at);
    disc(pen, at, YOU + 2, palette.card);
    disc(pen, at, YOU, palette.steppe);
    // where only the country is known there is no point
    if (own.you.rough) disc(pen, at, YOU - 3, palette.card);
  }
}

/** The missions as they stand on the screen: the traveller's first, and as one with their number where they overlap. */
export function missionSigns({ own, airports }: Scene, on: ToScreen, scale: number): MissionSign[] {
  const { signs, stops, you } = own;
  const fixed = [...(you ? [you] : []), ...airports, ...stops].map(({ at }) => on(at));
  const mine = signs.filter((sign) => sign.mine);
  const others = scale >= OTHERS_FROM ? signs.filter((sign) => !sign.mine) : [];
  const standings: MissionSign[] = [];
  for (const sign of [...mine, ...others]) {
    const place = on(sign.at);
    const at = standing(place, fixed, [...fixed, ...standings.map((other) => other.at)]);
    const crowd = standings.find((other) => overlaps(other.place, place) || overlaps(other.at, at));
    if (crowd) crowd.all.push(sign.id);
    else standings.push({ at, place, mine: sign.mine, words: sign.words, all: [sign.id] });
  }
  return standings;
}

/** The missions whose sign is pressed. */
export const missionsAt = (signs: MissionSign[], { x, y }: Point): string[] =>
  signs.filter(({ at }) => Math.hypot(at.x - x, at.y - y) < MEANT).flatMap(({ all }) => all);

/** Out from under a sign of the traveller's own, to the first side where nothing stands. */
function standing(place: Point, fixed: Point[], taken: Point[]): Point {
  const over = fixed.find((sign) => Math.hypot(sign.x - place.x, sign.y - place.y) < UNDER_SIGN);
  if (!over) return place;
  const sides = ASIDE.map(({ x, y }) => ({ x: over.x + x, y: over.y + y }));
  return sides.find((side) => !taken.some((sign) => overlaps(sign, side))) ?? place;
}

const overlaps = (one: Point, other: Point): boolean =>
  Math.max(Math.abs(one.x - other.x), Math.abs(one.y - other.y)) < APART;

function around(pen: Pen, { x, y }: Point, ink: string, dashed: boolean): void {
  pen.globalAlpha = AROUND_ALPHA;
  disc(pen, { x, y }, AROUND_YOU, ink);
  pen.globalAlpha = 1;
  if (dashed) ring(pen, { x, y }, AROUND_YOU, 1.5, ink, null, true);
}

function leader(pen: Pen, from: Point, to: Point, palette: Palette): void {
  for (const [ink, width] of [
    [palette.card, 3],
    [palette.ink, 1],
  ] as const) {
    pen.beginPath();
    pen.moveTo(from.x, from.y);
    pen.lineTo(to.x, to.y);
    pen.strokeStyle = ink;
    pen.lineWidth = width;
    pen.stroke();
  }
}

function disc(pen: Pen, { x, y }: Point, radius: number, ink: string): void {
  pen.beginPath();
  pen.arc(x, y, radius, 0, 2 * Math.PI);
  pen.fillStyle = ink;
  pen.fill();
}

function ring(
  pen: Pen,
  { x, y }: Point,
  radius: number,
  width: number,
  ink: string,
  fill: string | null,
  dashed: boolean,
): void {
  if (fill !== null) disc(pen, { x, y }, radius + 2, fill);
  pen.beginPath();
  pen.arc(x, y, radius, 0, 2 * Math.PI);
  pen.setLineDash(dashed ? [4, 3] : []);
  pen.strokeStyle = ink;
  pen.lineWidth = width;
  pen.stroke();
  pen.setLineDash([]);
}

/** A struck ring: nobody flies there. */
export function paintClosed(pen: Pen, { x, y }: Point, palette: Palette): void {
  ring(pen, { x, y }, CLOSED, 2, palette.ink, palette.card, false);
  const reach = CLOSED * Math.SQRT1_2;
  pen.beginPath();
  pen.moveTo(x - reach, y + reach);
  pen.lineTo(x + reach, y - reach);
  pen.stroke();
}

/** A triangle with its mark, as wherever a warning is said. */
export function paintWarning(pen: Pen, { x, y }: Point, ink: string, ground: string): void {
  drawn(pen, { x, y }, (WARNING * 2) / 24, () => {
    const triangle = new Path2D(TRIANGLE);
    pen.lineJoin = 'round';
    pen.lineCap = 'round';
    pen.strokeStyle = ground;
    pen.lineWidth = 6;
    pen.stroke(triangle);
    pen.fillStyle = ground;
    pen.fill(triangle);
    pen.strokeStyle = ink;
    pen.lineWidth = 2.4;
    pen.stroke(triangle);
    pen.stroke(new Path2D(MARK));
  });
}

function stand(pen: Pen, sign: MissionSign, palette: Palette): void {
  if (sign.at !== sign.place) leader(pen, sign.place, sign.at, palette);
  paintMission(pen, sign, palette);
}

/** The missions of others are smaller. */
function paintMission(pen: Pen, { at: { x, y }, mine, all }: MissionSign, palette: Palette): void {
  const half = mine ? MISSION : MISSION - 3;
  const box = { left: x - half, top: y - half, right: x + half, bottom: y + half };
  plate(pen, box, palette.card, palette.edge, half * 0.55);
  drawn(pen, { x, y }, (mine ? 14 : 10) / 24, () => {
    pen.lineJoin = 'round';
    pen.lineCap = 'round';
    pen.strokeStyle = palette.ink;
    pen.lineWidth = 2.2;
    pen.stroke(new Path2D(LANDMARK));
  });
  if (all.length > 1) paintCount(pen, { x: x + half, y: y - half }, all.length, palette);
}

function paintCount(pen: Pen, at: Point, count: number, palette: Palette): void {
  disc(pen, at, COUNT, palette.ink);
  pen.font = `700 ${COUNT * 1.5}px sans-serif`;
  pen.textAlign = 'center';
  pen.textBaseline = 'middle';
  pen.fillStyle = palette.card;
  pen.fillText(String(count), at.x, at.y + 0.5);
}

export function plate(pen: Pen, { left, top, right, bottom }: Box, fill: string, edge: string, radius: number): void {
  pen.beginPath();
  pen.moveTo(left + radius, top);
  pen.arcTo(right, top, right, bottom, radius);
  pen.arcTo(right, bottom, left, bottom, radius);
  pen.arcTo(left, bottom, left, top, radius);
  pen.arcTo(left, top, right, top, radius);
  pen.closePath();
  pen.fillStyle = fill;
  pen.fill();
  pen.strokeStyle = edge;
  pen.lineWidth = 1;
  pen.stroke();
}

/** A drawing of 24 by 24 about its middle. */
function drawn(pen: Pen, { x, y }: Point, times: number, draw: () => void): void {
  pen.save();
  pen.translate(x, y);
  pen.scale(times, times);
  pen.translate(-12, -12);
  draw();
  pen.restore();
}

/** Small boxes along the ways: names of countries go beside them. */
export function along({ own }: Scene, on: ToScreen, { width, height }: Size): Box[] {
  const boxes: Box[] = [];
  for (const line of own.ways.flatMap(({ lines }) => lines)) {
    for (let at = 2; at < line.length; at += 2) {
      const from = on({ x: line[at - 2] ?? 0, y: line[at - 1] ?? 0 });
      const to = on({ x: line[at] ?? 0, y: line[at + 1] ?? 0 });
      const steps = Math.ceil(Math.hypot(to.x - from.x, to.y - from.y) / ALONG);
      for (let step = 0; step < steps && steps < MOST_ALONG; step += 1) {
        const x = from.x + ((to.x - from.x) * step) / steps;
        const y = from.y + ((to.y - from.y) * step) / steps;
        if (x < 0 || y < 0 || x > width || y > height) continue;
        boxes.push({ left: x - ALONG / 2, top: y - ALONG / 2, right: x + ALONG / 2, bottom: y + ALONG / 2 });
      }
    }
  }
  return boxes;
}

/** Signs that words may not cover. */
export function covered(scene: Scene, on: ToScreen, missions: MissionSign[]): Box[] {
  const { own, airports } = scene;
  return [
    ...own.stops.map(({ at }) => boxAround(on(at), STOP + 2)),
    ...airports.map(({ at }) => boxAround(on(at), CLOSED + 2)),
    ...missions.map(({ at, all }) => boxAround(at, all.length > 1 ? MISSION + COUNT : MISSION)),
    ...(own.you ? [boxAround(on(own.you.at), YOU + 2)] : []),
  ];
}

const boxAround = ({ x, y }: Point, by: number): Box => ({ left: x - by, top: y - by, right: x + by, bottom: y + by });
