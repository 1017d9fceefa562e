// Fingers, pens and the mouse, read into moves of the map and taps on it.
import type { Size } from './camera';
import type { Point } from './globe';

/** The point that was held went from one place to another, and the fingers spread by `times`. */
export type Move = { from: Point; to: Point; times: number };
export type Tap = { kind: 'once' | 'twice'; at: Point };

/** Under this a finger was still. */
const STILL_PIXELS = 8;
const TWICE_PIXELS = 40;
/** How long a tap waits for a second one. */
export const TWICE_MS = 280;

type Finger = { id: number; at: Point };

export class Gestures {
  #fingers: Finger[] = [];
  /** Where the only finger came down, while it may still be a tap. */
  #tap: Point | null = null;
  #last: { at: Point; time: number } | null = null;

  press(id: number, at: Point): void {
    this.#fingers = [...this.#fingers.filter((finger) => finger.id !== id), { id, at }];
    this.#tap = this.#fingers.length === 1 ? at : null;
  }

  move(id: number, at: Point): Move | null {
    const moved = this.#fingers.find((finger) => finger.id === id);
    if (!moved) return null;
    if (this.#tap && apart(this.#tap, at) < STILL_PIXELS) return null;
    this.#tap = null;
    const before = held(this.#fingers);
    moved.at = at;
    const after = held(this.#fingers);
    return { from: before.middle, to: after.middle, times: before.spread > 0 ? after.spread / before.spread : 1 };
  }

  lift(id: number, time: number): Tap | null {
    this.#fingers = this.#fingers.filter((finger) => finger.id !== id);
    const at = this.#tap;
    this.#tap = null;
    if (!at) return null;
    const last = this.#last;
    if (last && time - last.time < TWICE_MS && apart(last.at, at) < TWICE_PIXELS) {
      this.#last = null;
      return { kind: 'twice', at };
    }
    this.#last = { at, time };
    return { kind: 'once', at };
  }

  letGo(): void {
    this.#fingers = [];
    this.#tap = null;
  }
}

/** By the first two fingers. */
function held([one, other]: Finger[]): { middle: Point; spread: number } {
  if (!one) return { middle: { x: 0, y: 0 }, spread: 0 };
  if (!other) return { middle: { ...one.at }, spread: 0 };
  return {
    middle: { x: (one.at.x + other.at.x) / 2, y: (one.at.y + other.at.y) / 2 },
    spread: apart(one.at, other.at),
  };
}

const apart = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y);

const WHEEL_STEP = 0.0022;
const PINCH_STEP = 0.012;
const LINE_PIXELS = 16;

/** A turn of the wheel; a pinch on a trackpad comes as a wheel with Ctrl. */
export function wheelTimes({
  deltaY,
  deltaMode,
  ctrlKey,
}: Pick<WheelEvent, 'deltaY' | 'deltaMode' | 'ctrlKey'>): number {
  const pixels = deltaMode === 0 ? deltaY : deltaY * LINE_PIXELS;
  return Math.exp(-Math.min(Math.max(pixels, -120), 120) * (ctrlKey ? PINCH_STEP : WHEEL_STEP));
}

export type Key = { pan: Point } | { times: number } | 'ask' | 'whole';

/** Of what is in sight. */
const PAN_PART = 1 / 5;

export function keyOf(key: string, { width, height }: Size): Key | null {
  switch (key) {
    case 'ArrowLeft':
      return { pan: { x: width * PAN_PART, y: 0 } };
    case 'ArrowRight':
      return { pan: { x: -width * PAN_PART, y: 0 } };
    case 'ArrowUp':
      return { pan: { x: 0, y: height * PAN_PART } };
    case 'ArrowDown':
      return { pan: { x: 0, y: -height * PAN_PART } };
    case '+':
    case '=':
      return { times: 1.6 };
    case '-':
    case '_':
      return { times: 1 / 1.6 };
    case '0':
    case 'Home':
      return 'whole';
    case 'Enter':
      return 'ask';
    default:
      return null;
  }
}
