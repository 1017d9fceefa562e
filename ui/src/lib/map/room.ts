// Where in a shape there is most room for a number and a name.
import { around, type Line } from './globe';

export type Room = { x: number; y: number; width: number; height: number };
type Run = { from: number; to: number };

const ROWS = 15;
/** How much a row at the rim counts against one in the middle. */
const RIM = 0.4;

/** The widest stretch inside, centred also in height. Rings after the first are holes. */
export function roomIn(rings: Line[]): Room {
  const box = around(rings.slice(0, 1));
  const height = box.bottom - box.top;
  let best: Room = { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2, width: 0, height: 0 };
  let bestScore = 0;
  for (let row = 1; row <= ROWS; row += 1) {
    const part = row / (ROWS + 1);
    const y = box.top + height * part;
    const worth = 1 - Math.abs(part - 0.5) * 2 * (1 - RIM);
    for (const { from, to } of runs(rings, y, 0)) {
      if ((to - from) * worth <= bestScore) continue;
      bestScore = (to - from) * worth;
      best = { x: (from + to) / 2, y, width: to - from, height: 0 };
    }
  }
  const column = runs(rings, best.x, 1).find(({ from, to }) => from <= best.y && best.y <= to);
  if (!column) return best;
  const y = (column.from + column.to) / 2;
  const across = runs(rings, y, 0).find(({ from, to }) => from <= best.x && best.x <= to);
  const wide = across && across.to - across.from > best.width * 0.9 ? across : null;
  return {
    x: wide ? (wide.from + wide.to) / 2 : best.x,
    y: wide ? y : best.y,
    width: wide ? wide.to - wide.from : best.width,
    height: column.to - column.from,
  };
}

/** Where a straight line at `level` runs inside: a row (`axis` 0) or a column (1). */
function runs(rings: Line[], level: number, axis: 0 | 1): Run[] {
  const cuts: number[] = [];
  for (const ring of rings) {
    const points = ring.length / 2;
    for (let at = 0; at < points; at += 1) {
      const next = (at + 1) % points;
      const [along, across] = axis === 0 ? [0, 1] : [1, 0];
      const a = ring[at * 2 + across] ?? 0;
      const b = ring[next * 2 + across] ?? 0;
      if (a > level === b > level) continue;
      const from = ring[at * 2 + along] ?? 0;
      const to = ring[next * 2 + along] ?? 0;
      cuts.push(from + ((level - a) / (b - a)) * (to - from));
    }
  }
  cuts.sort((a, b) => a - b);
  const found: Run[] = [];
  for (let at = 0; at + 1 < cuts.length; at += 2) found.push({ from: cuts[at] ?? 0, to: cuts[at + 1] ?? 0 });
  return found;
}
