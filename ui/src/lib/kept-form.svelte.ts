// A form of something that is not kept yet: what stands in it is on the disk with every letter, and comes back.
import { formKept, type Form } from './api';
import { Keeping } from './keeping.svelte';

export class KeptForm extends Keeping {
  readonly #form: Form;
  readonly #says: () => string | null;

  /** `says` is what stands in it now; null where nothing was typed. */
  constructor(form: Form, says: () => string | null) {
    super(form);
    this.#form = form;
    this.#says = says;
  }

  content(): string | null {
    return this.#says();
  }

  /** What was typed before the page was left, or the app ended. */
  async load(): Promise<string | null> {
    return (this.kept = await formKept(this.#form));
  }
}
