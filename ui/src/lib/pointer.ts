// New data waits while something is being pressed, so that nothing moves under a finger.
const LET_CLICK_LAND_MS = 120;

let down = false;
let waiting: (() => void)[] = [];

function release(): void {
  down = false;
  const ready = waiting;
  waiting = [];
  setTimeout(() => ready.forEach((go) => go()), LET_CLICK_LAND_MS);
}

export function watchPointer(): void {
  // a finger makes pointer events, or touch events alone: WebKitGTK
  for (const pressed of ['pointerdown', 'touchstart']) addEventListener(pressed, () => (down = true), true);
  for (const lifted of ['pointerup', 'pointercancel', 'touchend', 'touchcancel']) {
    addEventListener(lifted, release, true);
  }
  addEventListener('blur', release);
}

export function pointerIsUp(): Promise<void> {
  return down ? new Promise((go) => waiting.push(go)) : Promise.resolve();
}
