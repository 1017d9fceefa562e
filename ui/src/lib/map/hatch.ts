// Hatching: only where a warning holds. The map and the legend draw the same lines.

/** Rising lines across a square tile, nine pixels apart; they go past its corners, so that tiles join. */
export const HATCH = {
  side: 13,
  width: 2.6,
  alpha: 0.28,
  path: 'M-1 14L14-1M-1 1L1-1M12 14L14 12',
};

/** Null where the device cannot draw. */
export function hatch(ink: string, dense: number): CanvasPattern | null {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = Math.round(HATCH.side * dense);
  const pen = canvas.getContext('2d');
  if (!pen) return null;
  pen.scale(canvas.width / HATCH.side, canvas.height / HATCH.side);
  pen.globalAlpha = HATCH.alpha;
  pen.strokeStyle = ink;
  pen.lineWidth = HATCH.width;
  pen.stroke(new Path2D(HATCH.path));
  return pen.createPattern(canvas, 'repeat');
}
