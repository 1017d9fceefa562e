// Screens off the critical path are loaded when they are first opened.
import { tick } from 'svelte';

let loading: Promise<unknown> = Promise.resolve();

export function remember<T>(load: Promise<T>): Promise<T> {
  loading = load.catch(() => undefined).then(tick);
  return load;
}

export const screenLoaded = (): Promise<unknown> => loading;
