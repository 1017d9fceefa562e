// Paints the sea, the countries and the traveller's ways, in the units of the flat world. Between countries it stops and
// says how much it has painted, so that the work can be spread over frames.
import { overlap, type Box } from './globe';
import type { Palette } from './palette';
import { levels } from './patterns';
import type { Scene } from './scene';
import type { Shape } from './shapes';

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
const WAY_PIXELS = 2.5;
/** What a piece costs beside its points. */
const PIECE_POINTS = 50;

export const pointsIn = (shapes: Shape[], sight: Box): number =>
  shapes.reduce((sum, shape) => sum + seen(shape, sight).reduce((points, piece) => points + piece.points, 0), 0);

export function* land(
  pen: CanvasRenderingContext2D,
  { edge, shapes, scene, palette, sight, scale, dense }: Ground,
): Generator<number> {
  const { levels: known } = scene.countries;
  const thin = (pixels: number) => (scale < CLOSE ? pixels * 0.65 : pixels) / scale;
  pen.lineJoin = 'round';
  pen.lineCap = 'round';
  pen.fillStyle = palette.sea;
  pen.fill(edge);
  pen.fillStyle = palette.land;
  pen.strokeStyle = palette.edge;
  pen.lineWidth = thin(0.75);
  for (const shape of shapes) {
    if (!known.has(shape.numeric)) yield paint(pen, seen(shape, sight));
  }
  pen.lineWidth = thin(1.25);
  for (const level of levels) {
    const { hatch, ink } = palette.level[level];
    pen.fillStyle = hatch ?? palette.land;
    pen.strokeStyle = ink;
    for (const shape of shapes) {
      if (known.get(shape.numeric) !== level) continue;
      // each time: another canvas at another scale may have used it since
      hatch?.setTransform(new DOMMatrix([1 / scale / dense, 0, 0, 1 / scale / dense, 0, 0]));
      yield paint(pen, seen(shape, sight));
    }
  }
  pen.strokeStyle = palette.edge;
  pen.lineWidth = 0.75 / scale;
  pen.stroke(edge);
  ways(pen, scene, palette, scale);
}

const seen = ({ pieces }: Shape, sight: Box) => pieces.filter(({ box }) => overlap(box, sight));

function paint(pen: CanvasRenderingContext2D, pieces: Shape['pieces']): number {
  for (const { path } of pieces) {
    pen.fill(path);
    pen.stroke(path);
  }
  return pieces.reduce((sum, { points }) => sum + points + PIECE_POINTS, 0);
}

function ways(pen: CanvasRenderingContext2D, { own }: Scene, palette: Palette, scale: number): void {
  pen.strokeStyle = palette.card;
  pen.lineWidth = (WAY_PIXELS + 3) / scale;
  for (const { path } of own.ways) pen.stroke(path);
  for (const { path, phase } of own.ways) {
    pen.strokeStyle = phase === 'past' ? palette.soft : palette.steppe;
    pen.lineWidth = WAY_PIXELS / scale;
    pen.setLineDash(phase === 'coming' ? [7 / scale, 6 / scale] : []);
    pen.stroke(path);
  }
}
