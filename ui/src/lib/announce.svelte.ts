// What appears by itself is said aloud in a place that was there before it: a region that comes with its words says nothing.

import { untrack } from 'svelte';

/** Read anew where the language is another one. */
type Sentences = () => string[];

class Saying {
  sentences = $state.raw<Sentences>(() => []);
  count = $state(0);

  get words(): string {
    return this.sentences()
      .map((words) => (/[.?!…]$/.test(words) ? words : `${words}.`))
      .join(' ');
  }
}

export const saying = new Saying();

/** Says it once more where it was said before. Gives what ends it, once that of which it is said is gone. */
export function announce(sentences: Sentences): () => void {
  saying.sentences = sentences;
  saying.count = untrack(() => saying.count) + 1;
  return () => {
    if (saying.sentences === sentences) saying.sentences = () => [];
  };
}

let forget = () => {};

/** Says what is so at this moment: by the next press it was heard, and may be so no more. */
export function mention(sentences: Sentences): void {
  forget = announce(sentences);
}

export const heard = (): void => forget();
