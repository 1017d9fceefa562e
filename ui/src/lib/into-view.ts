// What a press opened is brought into sight, above what covers the foot of the window.
import { tick } from 'svelte';

/** An attachment: once what opened stands there, as much of it as the window has room for is seen. */
export function intoView(opened: Element): void {
  // what it is made of is there a moment later
  void tick().then(() => {
    const main = opened.closest('main');
    const foot = main ? main.getBoundingClientRect().bottom : innerHeight;
    const { top, bottom } = opened.getBoundingClientRect();
    if (bottom > foot || top < 0) opened.scrollIntoView({ block: bottom - top > foot ? 'start' : 'nearest' });
  });
}
