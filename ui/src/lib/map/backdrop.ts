// The land, painted once on a sheet larger than the screen and moved with the finger. A new sheet is painted a little in
// each frame before the old one ends; so a move costs one copy, however much coast is in sight.
import { inSight, type Camera, type Size } from './camera';
import { holds, type Box, type Globe } from './globe';
import { land, pointsIn } from './land';
import type { Palette } from './palette';
import type { Scene } from './scene';
import { pathOf, type Shape } from './shapes';

/** What the sheet shows; another object means another picture. */
export type Subject = { shapes: Shape[]; scene: Scene; palette: Palette };

type Sheet = { canvas: HTMLCanvasElement; subject: Subject; scale: number; sight: Box; left: number; top: number };
type Work = { sheet: Sheet; steps: Iterator<number> };

/** By the processor: long coasts cost it less than they cost the graphics of cheap phones, and it is the same everywhere. */
export const PEN: CanvasRenderingContext2DSettings = { alpha: false, willReadFrequently: true };

/** How far a sheet goes beyond the screen, and how near its end the next is begun. */
const BEYOND = 160;
const SOON = 80;
/** Points of coast in a frame, fewer where frames come late, and at once where there is nothing else to show. */
const FRAME_POINTS = { least: 500, most: 4000 };
const ONCE_POINTS = 12_000;
const LATE_MS = 22;
/** A sheet is stretched or shrunk by no more than this before the next is begun in the midst of a zoom. */
const STRETCH = 1.35;

export class Backdrop {
  readonly #edge: Path2D;
  #front: Sheet | null = null;
  #work: Work | null = null;
  #spare: HTMLCanvasElement | null = null;
  #scale = 0;
  #points = FRAME_POINTS.most;
  #drawn = 0;

  constructor(
    readonly globe: Globe,
    readonly coarse: Shape[],
  ) {
    this.#edge = pathOf(globe.edge(), true);
  }

  get shown(): Shape[] | null {
    return this.#front?.subject.shapes ?? null;
  }

  /** The screen became another: nothing painted before fits. */
  reset(): void {
    this.#front = null;
    this.#work = null;
    this.#spare = null;
  }

  /** True while there is more to paint than what is shown. */
  draw(pen: CanvasRenderingContext2D, subject: Subject, camera: Camera, size: Size, dense: number): boolean {
    const still = camera.scale === this.#scale;
    this.#scale = camera.scale;
    const sight = inSight(camera, size);
    const front =
      this.#front && this.#covers(this.#front, sight) ? this.#front : this.#atOnce(subject, camera, size, dense);
    this.#turn(front);
    this.#copy(pen, front, camera, dense);
    if (this.#work && this.#work.sheet.subject !== subject) this.#stop();
    const stretched = Math.max(camera.scale / front.scale, front.scale / camera.scale);
    const good = front.subject === subject && stretched === 1 && this.#covers(front, grown(sight, SOON / camera.scale));
    if (good) {
      this.#stop();
      return false;
    }
    if (!this.#work && (still || stretched > STRETCH)) this.#work = this.#begin(subject, camera, size, dense, BEYOND);
    this.#goOn(sight);
    return true;
  }

  /** Coarse where all of it would take too long. */
  #atOnce(subject: Subject, camera: Camera, size: Size, dense: number): Sheet {
    // the first picture is no larger than the screen, to be there sooner
    const beyond = this.#front ? BEYOND : 0;
    const sight = grown(inSight(camera, size), beyond / camera.scale);
    const shapes = pointsIn(subject.shapes, sight) > ONCE_POINTS ? this.coarse : subject.shapes;
    const work = this.#begin(shapes === subject.shapes ? subject : { ...subject, shapes }, camera, size, dense, beyond);
    while (!work.steps.next().done);
    return work.sheet;
  }

  #begin(subject: Subject, camera: Camera, size: Size, dense: number, beyond: number): Work {
    const canvas = this.#spare ?? document.createElement('canvas');
    this.#spare = null;
    // this also clears what the pen was set to
    canvas.width = Math.round((size.width + 2 * beyond) * dense);
    canvas.height = Math.round((size.height + 2 * beyond) * dense);
    const pen = canvas.getContext('2d', PEN);
    if (!pen) throw new Error('no canvas');
    const across = camera.scale * dense;
    // whole pixels, so that patterns stay sharp and sheets agree
    const left = Math.round(canvas.width / 2 - camera.x * across);
    const top = Math.round(canvas.height / 2 - camera.y * across);
    const sight = grown(inSight(camera, size), beyond / camera.scale);
    pen.fillStyle = subject.palette.paper;
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.setTransform(across, 0, 0, across, left, top);
    const steps = land(pen, { edge: this.#edge, ...subject, sight, scale: camera.scale, dense });
    return { sheet: { canvas, subject, scale: camera.scale, sight, left, top }, steps };
  }

  #goOn(sight: Box): void {
    const late = performance.now() - this.#drawn > LATE_MS;
    this.#drawn = performance.now();
    this.#points = late
      ? Math.max(this.#points / 2, FRAME_POINTS.least)
      : Math.min(this.#points * 1.2, FRAME_POINTS.most);
    if (!this.#work) return;
    for (let left = this.#points; left > 0;) {
      const step = this.#work.steps.next();
      if (step.done) {
        const { sheet } = this.#work;
        this.#work = null;
        if (this.#covers(sheet, sight)) this.#turn(sheet);
        else this.#spare ??= sheet.canvas;
        return;
      }
      left -= step.value;
    }
  }

  /** To a new sheet; the old one is painted over next time. */
  #turn(sheet: Sheet): void {
    if (this.#front && this.#front !== sheet) this.#spare ??= this.#front.canvas;
    this.#front = sheet;
  }

  #stop(): void {
    this.#spare ??= this.#work?.sheet.canvas ?? null;
    this.#work = null;
  }

  #copy(
    pen: CanvasRenderingContext2D,
    { canvas, subject, scale, left, top }: Sheet,
    camera: Camera,
    dense: number,
  ): void {
    const stretch = camera.scale / scale;
    const across = camera.scale * dense;
    const x = Math.round(pen.canvas.width / 2 - camera.x * across) - left * stretch;
    const y = Math.round(pen.canvas.height / 2 - camera.y * across) - top * stretch;
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.fillStyle = subject.palette.paper;
    pen.fillRect(0, 0, pen.canvas.width, pen.canvas.height);
    pen.drawImage(canvas, x, y, canvas.width * stretch, canvas.height * stretch);
  }

  /** Beyond the edge of the world there is nothing to paint. */
  #covers(sheet: Sheet, { left, top, right, bottom }: Box): boolean {
    const { box } = this.globe;
    return holds(sheet.sight, {
      left: Math.max(left, box.left),
      top: Math.max(top, box.top),
      right: Math.min(right, box.right),
      bottom: Math.min(bottom, box.bottom),
    });
  }
}

const grown = ({ left, top, right, bottom }: Box, by: number): Box => ({
  left: left - by,
  top: top - by,
  right: right + by,
  bottom: bottom + by,
});
