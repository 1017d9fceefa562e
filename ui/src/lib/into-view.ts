// What a press opened is brought into sight.
import { tick } from 'svelte';

/** An attachment; what covers the foot of a screen is the opened one's own `scroll-margin`. */
export function intoView(opened: Element): void {
  // what it is made of is there a moment later
  void tick().then(() => opened.scrollIntoView({ block: 'nearest' }));
}

/** What is to be mended has the focus: the whole field, its name above it and its fault below, from the name on where it is high. */
export function toMend(one: HTMLElement): void {
  one.focus({ preventScroll: true });
  const field = one.closest('.field') ?? one;
  const room = one.closest('main')?.clientHeight ?? innerHeight;
  field.scrollIntoView({ block: field.clientHeight < room / 2 ? 'center' : 'start' });
}
