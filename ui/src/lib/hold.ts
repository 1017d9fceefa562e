// A tap and a hold told apart, by finger, mouse or pen. WebKitGTK gives a finger's touches and no pointer events.
const LONG_MS = 500;
const JITTER_PX = 10;

type Point = { clientX: number; clientY: number };

export class Hold {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #from: Point | null = null;
  /** The press under way was held: the click that ends it is no tap. */
  held = false;

  constructor(private readonly whenHeld: () => void) {}

  begin(at: Point): void {
    clearTimeout(this.#timer);
    this.held = false;
    this.#from = at;
    this.#timer = setTimeout(() => {
      this.held = true;
      this.whenHeld();
    }, LONG_MS);
  }

  /** Whoever scrolls holds nothing. */
  move(at: Point): void {
    if (this.#from && Math.hypot(at.clientX - this.#from.clientX, at.clientY - this.#from.clientY) > JITTER_PX)
      this.end();
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#from = null;
  }
}

/** For an element: `tap` on a click, and `held` instead where it was held. */
export function tapOrHold(tap: () => void, whenHeld: () => void) {
  return (node: HTMLElement) => {
    const hold = new Hold(whenHeld);
    const touch = (event: TouchEvent) => event.touches[0];
    const listeners: [string, (event: never) => void][] = [
      ['pointerdown', (event: PointerEvent) => event.button === 0 && hold.begin(event)],
      ['pointermove', (event: PointerEvent) => hold.move(event)],
      ['touchstart', (event: TouchEvent) => touch(event) && hold.begin(touch(event)!)],
      ['touchmove', (event: TouchEvent) => touch(event) && hold.move(touch(event)!)],
      ...['pointerup', 'pointercancel', 'pointerleave', 'touchend', 'touchcancel'].map((name): [string, () => void] => [
        name,
        () => hold.end(),
      ]),
      // the system's own menu on a long press
      ['contextmenu', (event: Event) => event.preventDefault()],
      [
        'click',
        () => {
          if (!hold.held) tap();
          hold.held = false;
        },
      ],
    ];
    for (const [name, heard] of listeners)
      node.addEventListener(name, heard as (event: Event) => void, { passive: name !== 'contextmenu' });
    return () => hold.end();
  };
}
