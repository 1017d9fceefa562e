// A file or a text that is brought: what was found in it, or why it is not read.
import { working } from './working';

export class Reading<Found, Code extends string> {
  found = $state.raw<Found | null>(null);
  refused = $state<Code | null>(null);
  busy = $state(false);

  readonly #refusalOf: (thrown: unknown) => Code;

  constructor(refusalOf: (thrown: unknown) => Code) {
    this.#refusalOf = refusalOf;
  }

  async read(ask: () => Promise<Found>): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.refused = null;
    try {
      this.found = await working(ask);
    } catch (thrown) {
      this.refused = this.#refusalOf(thrown);
    } finally {
      this.busy = false;
    }
  }
}
