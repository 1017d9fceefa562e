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

export function watchFinger(): void {
  addEventListener('pointerdown', () => (down = true), true);
  addEventListener('pointerup', release, true);
  addEventListener('pointercancel', release, true);
  addEventListener('blur', release);
}

export function fingerIsUp(): Promise<void> {
  return down ? new Promise((go) => waiting.push(go)) : Promise.resolve();
}
