// The map on its canvas: what is drawn, from where it is seen, and when.
import { Backdrop, PEN, type Subject } from './backdrop';
import type { Start } from './start';
import { Captions } from './captions';
import { between, fit, hold, pan, toScreen, toWorld, zoom, type Camera, type Size } from './camera';
import type { Box, Point } from './globe';
import { Gestures, keyOf, TWICE_MS, wheelTimes } from './gestures';
import { load, outlines, type Scale } from './outlines';
import { DENSEST, palette, type Palette } from './palette';
import { missionsAt, missionSigns, paintPins, type MissionSign } from './pins';
import type { Scene } from './scene';
import { shapes, type Shape } from './shapes';
import { inSlices } from './slices';

/** From here on, the coarse outlines show their corners. */
const FINE_FROM = 5;
const GLIDE_MS = 150;
const TAP_TIMES = 2;
const CAPTION_PART = 13 / 16;
const MARGIN = { left: 44, top: 44, right: 56, bottom: 44 };

/** `missions` are those whose sign stands there. */
export type Asked = { at: Point; world: Point; scale: number; missions: string[] };

type Listener = {
  /** A tap, or Enter at the middle. */
  ask: (asked: Asked) => void;
  /** The middle is marked while keys move the map. */
  keys: (used: boolean) => void;
  drawn: (scale: Scale) => void;
};

export class Stage {
  readonly #pen: CanvasRenderingContext2D;
  readonly #backdrop: Backdrop;
  readonly #gestures = new Gestures();
  #fine: Shape[] | null = null;
  #loadingFine = false;
  #size: Size = { width: 0, height: 0 };
  #corner: Box = { left: 0, top: 0, right: 0, bottom: 0 };
  #dense = 1;
  #camera: Camera | null = null;
  /** Where a glide will end. */
  #goal: Camera | null = null;
  #colours: Palette | null = null;
  #captions: Captions | null = null;
  #scene: Scene | null = null;
  #subject: Subject | null = null;
  #missions: MissionSign[] = [];
  #frame = 0;
  #glide = 0;
  #tap = 0;
  #gone = false;

  constructor(
    readonly canvas: HTMLCanvasElement,
    readonly start: Start,
    /** What lies over the map. */
    readonly over: HTMLElement,
    readonly listener: Listener,
  ) {
    const pen = canvas.getContext('2d', PEN);
    if (!pen) throw new Error('no canvas');
    this.#pen = pen;
    this.#backdrop = new Backdrop(start.globe, start.coarse);
  }

  /** Until the function it gives back is called. */
  open(): () => void {
    const sized = new ResizeObserver(() => this.#resize());
    sized.observe(this.canvas);
    const dark = matchMedia('(prefers-color-scheme: dark)');
    const repaint = () => this.#repaint();
    dark.addEventListener('change', repaint);
    void document.fonts.ready.then(() => this.#rewrite());
    this.#resize();
    return () => {
      this.#gone = true;
      sized.disconnect();
      dark.removeEventListener('change', repaint);
      cancelAnimationFrame(this.#frame);
      cancelAnimationFrame(this.#glide);
      clearTimeout(this.#tap);
    };
  }

  show(scene: Scene): void {
    this.#scene = scene;
    this.#ask();
  }

  whole(): void {
    this.#go(this.#first());
  }

  /** About the middle of the screen, or about a place on it. */
  nearer(times: number, at: Point = this.#middle()): void {
    const from = this.#goal ?? this.#camera;
    if (from) this.#go(this.#held(zoom(from, this.#size, this.start.globe.box, at, times)));
  }

  press(id: number, at: Point): void {
    this.#stay();
    this.listener.keys(false);
    this.#gestures.press(id, at);
  }

  move(id: number, at: Point): void {
    const move = this.#gestures.move(id, at);
    if (!move || !this.#camera) return;
    const by = { x: move.to.x - move.from.x, y: move.to.y - move.from.y };
    this.#look(zoom(pan(this.#camera, by), this.#size, this.start.globe.box, move.to, move.times));
  }

  lift(id: number, time: number): void {
    const tap = this.#gestures.lift(id, time);
    clearTimeout(this.#tap);
    if (tap?.kind === 'twice') this.nearer(TAP_TIMES, tap.at);
    if (tap?.kind === 'once') this.#tap = window.setTimeout(() => this.#askAbout(tap.at), TWICE_MS);
  }

  letGo(): void {
    this.#gestures.letGo();
  }

  /** False where the page may scroll instead: there is no nearer and no farther. */
  wheel(event: WheelEvent, at: Point): boolean {
    if (!this.#camera) return false;
    const { scale } = this.#camera;
    this.#stay();
    this.#look(zoom(this.#camera, this.#size, this.start.globe.box, at, wheelTimes(event)));
    return this.#camera.scale !== scale;
  }

  /** Whether the key was one of the map's. */
  key(name: string): boolean {
    const key = keyOf(name, this.#size);
    if (key === null || !this.#camera) return false;
    this.listener.keys(true);
    if (key === 'ask') this.#askAbout(this.#middle());
    else if (key === 'whole') this.whole();
    else if ('pan' in key) this.#go(this.#held(pan(this.#goal ?? this.#camera, key.pan)));
    else this.nearer(key.times);
    return true;
  }

  #middle = (): Point => ({ x: this.#size.width / 2, y: this.#size.height / 2 });

  #first(): Camera {
    const margin = { ...MARGIN, bottom: MARGIN.bottom + this.#size.height - this.#corner.top };
    return fit(this.start.target.box, this.#size, margin, this.start.globe.box, this.start.target.closest);
  }

  #held = (camera: Camera): Camera => hold(camera, this.#size, this.start.globe.box);

  #askAbout(at: Point): void {
    if (!this.#camera) return;
    const world = toWorld(this.#camera, this.#size, at);
    this.listener.ask({ at, world, scale: this.#camera.scale, missions: missionsAt(this.#missions, at) });
  }

  #stay(): void {
    cancelAnimationFrame(this.#glide);
    this.#goal = null;
  }

  #look(camera: Camera): void {
    this.#camera = this.#held(camera);
    this.#ask();
  }

  #go(to: Camera): void {
    this.#stay();
    const from = this.#camera;
    if (!from || matchMedia('(prefers-reduced-motion: reduce)').matches) return this.#look(to);
    this.#goal = to;
    const began = performance.now();
    const step = () => {
      const part = Math.min((performance.now() - began) / GLIDE_MS, 1);
      this.#look(part < 1 ? between(from, to, part * (2 - part)) : to);
      if (part < 1) this.#glide = requestAnimationFrame(step);
      else this.#goal = null;
    };
    step();
  }

  #resize(): void {
    const { clientWidth: width, clientHeight: height } = this.canvas;
    if (width === 0 || height === 0) return;
    const dense = Math.min(devicePixelRatio, DENSEST);
    if (width === this.#size.width && height === this.#size.height && dense === this.#dense) return;
    this.#size = { width, height };
    const [map, over] = [this.canvas.getBoundingClientRect(), this.over.getBoundingClientRect()];
    this.#corner = { left: over.left - map.left, top: over.top - map.top, right: width, bottom: height };
    this.#dense = dense;
    this.canvas.width = Math.round(width * this.#dense);
    this.canvas.height = Math.round(height * this.#dense);
    this.#camera = this.#camera ? this.#held(this.#camera) : this.#first();
    this.#backdrop.reset();
    this.#repaint();
    this.#paint();
  }

  #repaint(): void {
    this.#colours = palette(this.#dense);
    this.#rewrite();
  }

  /** The fonts or the size of text may have changed. */
  #rewrite(): void {
    if (this.#gone || !this.#colours) return;
    const high = parseFloat(getComputedStyle(document.documentElement).fontSize) * CAPTION_PART;
    this.#captions = new Captions(this.#pen, this.#colours, high, getComputedStyle(this.canvas).fontFamily);
    this.#ask();
  }

  #ask(): void {
    this.#frame ||= requestAnimationFrame(() => this.#paint());
  }

  #paint(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    const [pen, camera, size, colours, scene] = [this.#pen, this.#camera, this.#size, this.#colours, this.#scene];
    if (!camera || !colours || !scene) return;
    const fine = camera.scale >= FINE_FROM;
    // never before there is something to see
    if (fine && this.#backdrop.shown) void this.#loadFine();
    const wanted = fine && this.#fine ? this.#fine : this.start.coarse;
    this.#subject = kept(this.#subject, { shapes: wanted, scene, palette: colours });
    const more = this.#backdrop.draw(pen, this.#subject, camera, size, this.#dense);
    pen.setTransform(this.#dense, 0, 0, this.#dense, 0, 0);
    const on = (point: Point) => toScreen(camera, size, point);
    const missions = missionSigns(scene, on, camera.scale);
    this.#missions = missions;
    const captions = this.#captions?.write(wanted, scene, on, size, camera.scale, missions, this.#corner);
    paintPins(pen, scene, missions, colours, on, captions?.over ?? []);
    captions?.paint();
    this.listener.drawn(this.#backdrop.shown === this.#fine ? '50m' : '110m');
    if (more) this.#ask();
  }

  async #loadFine(): Promise<void> {
    if (this.#fine || this.#loadingFine) return;
    this.#loadingFine = true;
    try {
      const atlas = await load('50m');
      this.#fine = await inSlices(shapes(this.start.globe, outlines(atlas)), () => !this.#gone);
      if (this.#fine) this.#ask();
    } catch (thrown) {
      // the coarse outlines stay: tried again with the next frame that wants them would be without end
      console.error(thrown);
    }
  }
}

/** The same object while it says the same. */
const kept = (before: Subject | null, now: Subject): Subject =>
  before && before.shapes === now.shapes && before.scene === now.scene && before.palette === now.palette ? before : now;
