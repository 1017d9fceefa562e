// Paints the sea, the countries, the areas of warnings and the traveller's ways, in the units of the flat world. Between
// countries it stops and says how much it has painted, so that the work can be spread over frames.
import { overlap, type Box } from './globe';
import type { Palette } from './palette';
import type { Own, Scene } from './scene';
import type { Piece, Shape } from './shapes';
import type { Warned } from './warned';
import { LOUD } from './palette';

/** `scale`: pixels of the screen in a unit; `dense`: pixels of the canvas in one of those. */
export type Ground = {
  edge: Path2D;
  shapes: Shape[];
  scene: Scene;
  palette: Palette;
  sight: Box;
  scale: number;
  dense: number;
};

const CLOSE = 4;
/** Half of it lies on land and is painted over: a coast is what remains, and two countries leave none between them. */
const COAST_PIXELS = 3;
const BORDER_PIXELS = 1;
const BORDER_DASH_PIXELS = [4, 3];
const CASING_PIXELS = 4;
const WAY_PIXELS = { past: 3, current: 4, coming: 3 };
const DOT_STEP_PIXELS = 9;
const WARNED_EDGE_PIXELS = 2;
/** A smaller island has no edge of its own: it would be all edge. */
const SMALL_PIXELS = 60;
/** What a piece costs beside its points. */
const PIECE_POINTS = 50;

export const pointsIn = (shapes: Shape[], sight: Box): number =>
  shapes.reduce((sum, { pieces }) => sum + seen(pieces, sight).reduce((points, piece) => points + piece.points, 0), 0);

export function* land(pen: CanvasRenderingContext2D, ground: Ground): Generator<number> {
  const { edge, shapes, scene, palette, sight, scale } = ground;
  pen.lineJoin = 'round';
  pen.lineCap = 'round';
  pen.fillStyle = palette.sea;
  pen.fill(edge);
  const far = scale < CLOSE ? 0.6 : 1;
  const shown = shapes.map((shape) => ({ ...shape, pieces: seen(shape.pieces, sight) }));
  pen.strokeStyle = palette.coast;
  pen.lineWidth = (COAST_PIXELS * far) / scale;
  for (const { pieces } of shown) {
    for (const { path } of pieces) pen.stroke(path);
    yield cost(pieces);
  }
  pen.lineWidth = (BORDER_PIXELS * far) / scale;
  for (const { numeric, pieces } of shown) {
    const level = scene.countries.levels.get(numeric);
    pen.fillStyle = level ? palette.level[level].quiet : palette.unset;
    // of its own colour first, so that nothing of the sea shows between two countries
    pen.strokeStyle = pen.fillStyle;
    for (const { path } of pieces) {
      pen.fill(path);
      pen.stroke(path);
    }
    yield cost(pieces);
  }
  pen.strokeStyle = palette.border;
  pen.setLineDash(BORDER_DASH_PIXELS.map((pixels) => (pixels * far) / scale));
  for (const { borders } of shapes) {
    const lines = seen(borders, sight);
    for (const { path } of lines) pen.stroke(path);
    if (lines.length > 0) yield cost(lines);
  }
  pen.setLineDash([]);
  for (const warned of scene.warned) {
    const pieces = seen(piecesOf(warned, shapes), sight);
    warn(pen, pieces, warned, ground);
    yield cost(pieces);
  }
  pen.strokeStyle = palette.border;
  pen.lineWidth = 0.75 / scale;
  pen.stroke(edge);
  ways(pen, scene.own, palette, scale);
}

export const piecesOf = (warned: Warned, shapes: Shape[]): Piece[] =>
  warned.kind === 'shape'
    ? warned.pieces
    : shapes.filter(({ numeric }) => numeric === warned.numeric).flatMap(({ pieces }) => pieces);

const seen = (pieces: Piece[], sight: Box): Piece[] => pieces.filter(({ box }) => overlap(box, sight));

const cost = (pieces: Piece[]): number => pieces.reduce((sum, { points }) => sum + points + PIECE_POINTS, 0);

function warn(
  pen: CanvasRenderingContext2D,
  pieces: Piece[],
  { grade }: Warned,
  { palette, scale, dense }: Ground,
): void {
  const { ink, loud, hatch } = palette.level[grade];
  // each time: another canvas at another scale may have used it since
  hatch?.setTransform(new DOMMatrix([1 / scale / dense, 0, 0, 1 / scale / dense, 0, 0]));
  for (const { path } of pieces) {
    pen.globalAlpha = LOUD;
    pen.fillStyle = loud;
    pen.fill(path);
    pen.globalAlpha = 1;
    if (hatch) {
      pen.fillStyle = hatch;
      pen.fill(path);
    }
  }
  pen.strokeStyle = ink;
  pen.lineWidth = WARNED_EDGE_PIXELS / scale;
  const pixels = ({ left, top, right, bottom }: Box) => (right - left) * (bottom - top) * scale * scale;
  for (const { path } of pieces.filter(({ box }) => pixels(box) >= SMALL_PIXELS)) pen.stroke(path);
}

/** What is behind lies under what is ahead, and that under where the traveller is. */
function ways(pen: CanvasRenderingContext2D, own: Own, palette: Palette, scale: number): void {
  const inks = { past: palette.soft, coming: palette.ink, current: palette.steppe };
  for (const phase of ['past', 'coming', 'current'] as const) {
    pen.setLineDash(phase === 'coming' ? [0, DOT_STEP_PIXELS / scale] : []);
    const paths = own.ways.filter((way) => way.phase === phase).map(({ path }) => path);
    for (const [ink, more] of [
      [palette.card, CASING_PIXELS],
      [inks[phase], 0],
    ] as const) {
      pen.strokeStyle = ink;
      pen.lineWidth = (WAY_PIXELS[phase] + more) / scale;
      for (const path of paths) pen.stroke(path);
    }
  }
  pen.setLineDash([]);
}
