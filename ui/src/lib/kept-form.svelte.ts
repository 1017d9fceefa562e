// A form of something that is not kept yet: what stands in it is on the disk with every letter, and comes back.
import { formKept, type Form } from './api';
import { Keeping } from './keeping.svelte';

export class KeptForm extends Keeping {
  readonly #form: Form;
  readonly #says: () => string | null;
  /** Before it is known what was typed, nothing is written over it. */
  #loaded = $state(false);

  /** `says` is what stands in it now; null where nothing was typed. */
  constructor(form: Form, says: () => string | null) {
    super(form);
    this.#form = form;
    this.#says = says;
  }

  content(): string | null {
    return this.#loaded ? this.#says() : null;
  }

  /** What was typed before the page was left, or the app ended: the oldest first, more than one from behind the PIN. */
  async load(): Promise<string[]> {
    const { texts, sheet } = await formKept(this.#form);
    this.sheet = sheet;
    const [only = null, ...others] = texts;
    // what stands on many sheets is written as one
    this.kept = others.length === 0 ? only : null;
    this.#loaded = true;
    return texts;
  }
}
