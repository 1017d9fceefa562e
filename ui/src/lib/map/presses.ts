// What presses the map: a mouse or a pen as pointer events, fingers as touch events. Every WebView has those;
// WebKitGTK makes no pointer events of fingers.
import type { Point } from './globe';

type Listener = {
  press: (id: number, at: Point) => void;
  move: (id: number, at: Point) => void;
  lift: (id: number, time: number) => void;
  letGo: () => void;
};

/** Within this time of a touch, what a mouse does is the same touch: WebKitGTK may tell of a quick tap twice. */
const ECHO_MS = 500;

export function followPresses(canvas: HTMLCanvasElement, listener: Listener): void {
  let touched = -Infinity;
  followMouse(canvas, listener, (event) => event.timeStamp - touched < ECHO_MS);
  followTouches(canvas, listener, (event) => (touched = event.timeStamp));
}

/** The place on the element that an event is at. */
export function placeOn(element: HTMLElement, { clientX, clientY }: { clientX: number; clientY: number }): Point {
  const { left, top } = element.getBoundingClientRect();
  return { x: clientX - left, y: clientY - top };
}

function followMouse(canvas: HTMLCanvasElement, listener: Listener, isEcho: (event: Event) => boolean): void {
  const on = (
    type: 'pointerdown' | 'pointermove' | 'pointerup' | 'pointercancel',
    tell: (event: PointerEvent) => void,
  ) =>
    canvas.addEventListener(type, (event) => {
      if (event.pointerType !== 'touch' && !isEcho(event)) tell(event);
    });
  on('pointerdown', (event) => {
    if (event.button !== 0) return;
    canvas.setPointerCapture(event.pointerId);
    listener.press(event.pointerId, placeOn(canvas, event));
  });
  on('pointermove', (event) => listener.move(event.pointerId, placeOn(canvas, event)));
  on('pointerup', (event) => listener.lift(event.pointerId, event.timeStamp));
  on('pointercancel', () => listener.letGo());
}

function followTouches(canvas: HTMLCanvasElement, listener: Listener, note: (event: Event) => void): void {
  // what the map answers, the page does not: it neither scrolls nor makes a click of it. Passive listeners, which
  // Svelte's are, could not keep it from that.
  const on = (type: 'touchstart' | 'touchmove' | 'touchend', tell: (touch: Touch, event: TouchEvent) => void) =>
    canvas.addEventListener(
      type,
      (event) => {
        event.preventDefault();
        note(event);
        for (const touch of Array.from(event.changedTouches)) tell(touch, event);
      },
      { passive: false },
    );
  on('touchstart', (touch) => listener.press(touch.identifier, placeOn(canvas, touch)));
  on('touchmove', (touch) => listener.move(touch.identifier, placeOn(canvas, touch)));
  on('touchend', (touch, event) => listener.lift(touch.identifier, event.timeStamp));
  canvas.addEventListener('touchcancel', () => listener.letGo());
}
