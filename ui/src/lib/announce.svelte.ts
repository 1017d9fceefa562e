// What appears by itself is said aloud in a place that was there before it: a region that comes with its words says nothing.

import { untrack } from 'svelte';

type Saying = { words: string; count: number };

export const saying = $state<Saying>({ words: '', count: 0 });

/** Says it once more where it was said before. */
export function announce(...sentences: string[]): void {
  saying.words = sentences.map((words) => (/[.?!…]$/.test(words) ? words : `${words}.`)).join(' ');
  saying.count = untrack(() => saying.count) + 1;
}
