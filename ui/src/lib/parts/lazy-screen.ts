// Screens off the critical path are loaded when they are first opened.
import { tick } from 'svelte';

let loading: Promise<unknown> = Promise.resolve();

export function remember<T>(load: Promise<T>): Promise<T> {
  loading = load.catch(() => undefined).then(tick);
  return load;
}

/** Waits for what a screen that was loaded loads in its turn too. */
export async function screenLoaded(): Promise<void> {
  let seen;
  do {
    seen = loading;
    await seen;
  } while (seen !== loading);
}
