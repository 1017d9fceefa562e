// What is typed is kept on the disk with every letter: the app may end at any moment.
import { failureOf, formKeep, type FailureCode, type Form } from './api';

export abstract class Keeping {
  /** Why it could not be kept on the disk. */
  unkept: FailureCode | null = $state(null);
  /** What of it is on the disk. */
  protected kept: string | null = null;
  /** On which sheet of the form it is written. */
  protected sheet = 0;

  readonly #of: Form;
  #closed = false;
  #keeping: Promise<void> | null = null;

  constructor(of: Form) {
    this.#of = of;
  }

  /** As it is kept; null where nothing is typed. */
  abstract content(): string | null;

  /** Keeps it with every letter, and the last one as the page or the app is left; called as a screen is made. */
  follow(isTyped: () => boolean = () => true): void {
    const keep = () => void (isTyped() && this.keep());
    $effect(() => {
      if (isTyped()) this.content();
      keep();
    });
    $effect(() => {
      addEventListener('pagehide', keep);
      document.addEventListener('visibilitychange', keep);
      return () => {
        removeEventListener('pagehide', keep);
        document.removeEventListener('visibilitychange', keep);
        // a letter typed as the screen goes is seen by no effect of it, and here what stood before it is read
        queueMicrotask(keep);
      };
    });
  }

  /** Writes what is typed now; what is typed meanwhile is written after it. */
  keep(): Promise<void> {
    if (this.#closed) return Promise.resolve();
    return (this.#keeping ??= this.#write().finally(() => (this.#keeping = null)));
  }

  /** Waits for what is being written; nothing is written after it. */
  async close(): Promise<void> {
    await this.keep();
    this.#closed = true;
  }

  /** Nothing more is written of it. */
  drop(): void {
    this.#closed = true;
  }

  reopen(): void {
    this.#closed = false;
  }

  async #write() {
    for (let text = this.content(); text !== this.kept; text = this.content()) {
      this.kept = text;
      try {
        await formKeep(this.#of, this.sheet, text);
        this.unkept = null;
      } catch (thrown) {
        this.unkept = failureOf(thrown).code;
      }
    }
  }
}
