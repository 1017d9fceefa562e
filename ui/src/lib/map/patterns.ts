// The pattern of each level, so that colour never speaks alone. The map and the legend draw from the same marks.
export type Level = 1 | 2 | 3 | 4;
export type Pattern = {
  side: number;
  width: number;
  lines: [number, number, number, number][];
  dots: [number, number][];
};

const DOT = 0.9;

/** Lines go past the tile's corners, so that tiles join. */
const rising = (side: number): Pattern['lines'] => [
  [-1, side + 1, side + 1, -1],
  [-1, 1, 1, -1],
  [side - 1, side + 1, side + 1, side - 1],
];
const falling = (side: number): Pattern['lines'] => [
  [-1, -1, side + 1, side + 1],
  [-1, side - 1, 1, side + 1],
  [side - 1, -1, side + 1, 1],
];

export const patterns: Record<Level, Pattern> = {
  1: {
    side: 10,
    width: 0,
    lines: [],
    dots: [
      [2.5, 2.5],
      [7.5, 7.5],
    ],
  },
  2: { side: 11, width: 0.9, lines: rising(11), dots: [] },
  3: { side: 6, width: 0.9, lines: rising(6), dots: [] },
  4: { side: 8, width: 0.9, lines: [...rising(8), ...falling(8)], dots: [] },
};

export const levels: Level[] = [1, 2, 3, 4];

export function levelOf(level: number): Level | null {
  return levels.find((one) => one === level) ?? null;
}

/** For the legend: the same marks as the `d` of an SVG path. */
export function marks({ lines, dots }: Pattern): string {
  const strokes = lines.map(([x1, y1, x2, y2]) => `M${x1} ${y1}L${x2} ${y2}`);
  const points = dots.map(
    ([x, y]) => `M${x - DOT} ${y}a${DOT} ${DOT} 0 1 0 ${DOT * 2} 0a${DOT} ${DOT} 0 1 0 ${-DOT * 2} 0`,
  );
  return [...strokes, ...points].join('');
}

/** Null where the device cannot draw. */
export function hatch(pattern: Pattern, ground: string, ink: string, dense: number): CanvasPattern | null {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = Math.round(pattern.side * dense);
  const pen = canvas.getContext('2d');
  if (!pen) return null;
  pen.fillStyle = ground;
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.scale(canvas.width / pattern.side, canvas.height / pattern.side);
  const path = new Path2D(marks(pattern));
  if (pattern.width > 0) {
    pen.strokeStyle = ink;
    pen.lineWidth = pattern.width;
    pen.stroke(path);
  } else {
    pen.fillStyle = ink;
    pen.fill(path);
  }
  return pen.createPattern(canvas, 'repeat');
}
