// What a press opened is brought into sight.
import { tick } from 'svelte';

/** An attachment; what covers the foot of a screen is the opened one's own `scroll-margin`. */
export function intoView(opened: Element): void {
  // what it is made of is there a moment later
  void tick().then(() => opened.scrollIntoView({ block: 'nearest' }));
}
