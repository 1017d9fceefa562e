// What to try after a call that did not help. It lies over the page on which that was said, until a way is taken or
// another page is opened; a line of the first screen brings it back.
import { router } from './router.svelte';
import type { Route } from './routes';

/** Whoever holds the phone was not helped by a number that they called or wrote to; or it was about somebody else. */
export type Unhelped = { whom: 'self'; tried: string } | { whom: 'others' };

class State {
  standing = $state.raw<Unhelped | null>(null);
  /** The page over which it lies. */
  over = $state.raw<Route | null>(null);

  /** What lies over the page on screen. */
  get open(): Unhelped | null {
    return this.over === router.route ? this.standing : null;
  }
}

export const unhelped = new State();

/** Null where nobody needs more. */
export function tryNext(standing: Unhelped | null): void {
  unhelped.standing = standing;
  unhelped.over = router.route;
}

export function bringBack(): void {
  unhelped.over = router.route;
}

export function putAway(): void {
  unhelped.over = null;
}
