// Paints signs that keep their size: stops, missions, where the traveller is.
import type { Box, Point } from './globe';
import type { Palette } from './palette';
import type { Own } from './scene';

type Pen = CanvasRenderingContext2D;
export type ToScreen = (point: Point) => Point;

/** Where the missions of others begin to show. */
export const OTHERS_FROM = 5;
export const STOP = 6;
export const YOU = 12;
export const FLAG = { mine: 20, other: 14 };

export function paintPins(pen: Pen, own: Own, palette: Palette, on: ToScreen, scale: number): void {
  for (const { at, mine } of own.signs) {
    if (mine || scale >= OTHERS_FROM) paintFlag(pen, on(at), mine, palette);
  }
  for (const { at, phase, rough } of own.stops) {
    const ink = phase === 'past' ? palette.soft : palette.steppe;
    ring(pen, on(at), STOP, 3, ink, phase === 'current' && !rough ? ink : palette.card, rough);
  }
  if (own.you) {
    const { at, rough } = own.you;
    ring(pen, on(at), YOU + 2.5, 2, palette.card, null, false);
    ring(pen, on(at), YOU, 3, palette.steppe, null, rough);
  }
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
  pen.beginPath();
  pen.arc(x, y, radius, 0, 2 * Math.PI);
  if (fill !== null) {
    pen.fillStyle = fill;
    pen.fill();
  }
  pen.setLineDash(dashed ? [4, 3] : []);
  pen.strokeStyle = ink;
  pen.lineWidth = width;
  pen.stroke();
  pen.setLineDash([]);
}

/** A flag whose foot is the place. */
function paintFlag(pen: Pen, { x, y }: Point, mine: boolean, palette: Palette): void {
  const high = mine ? FLAG.mine : FLAG.other;
  const outline = () => {
    pen.beginPath();
    pen.moveTo(x, y);
    pen.lineTo(x, y - high);
    pen.lineTo(x + high * 0.7, y - high * 0.75);
    pen.lineTo(x, y - high * 0.5);
  };
  outline();
  pen.lineJoin = 'round';
  pen.strokeStyle = palette.card;
  pen.lineWidth = mine ? 5 : 4;
  pen.stroke();
  outline();
  pen.strokeStyle = mine ? palette.ink : palette.soft;
  pen.lineWidth = mine ? 2 : 1.5;
  pen.fillStyle = mine ? palette.ink : palette.card;
  pen.fill();
  pen.stroke();
}

/** Signs that words may not cover; over the missions of others they may. */
export function covered(own: Own, on: ToScreen): Box[] {
  const around = ({ x, y }: Point, by: number) => ({ left: x - by, top: y - by, right: x + by, bottom: y + by });
  const flag = ({ x, y }: Point) => ({ left: x - 2, top: y - FLAG.mine, right: x + FLAG.mine * 0.7, bottom: y });
  return [
    ...own.stops.map(({ at }) => around(on(at), STOP + 2)),
    ...own.signs.filter(({ mine }) => mine).map(({ at }) => flag(on(at))),
    ...(own.you ? [around(on(own.you.at), YOU + 2)] : []),
  ];
}
