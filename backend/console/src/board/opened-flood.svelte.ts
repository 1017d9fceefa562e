// A folded line that was opened: its cases, as they are now.
import { flood } from '../api/desk';
import type { CaseRow } from '../api/types';
import { heard } from '../refresh';

export class OpenedFlood {
  number = $state<number | null>(null);
  rows = $state.raw<CaseRow[]>([]);

  /** `version` is the board's: what changed is asked for anew. */
  constructor(version: () => number) {
    $effect(() => {
      const asked = this.number;
      void version();
      if (asked !== null) void heard(() => this.#look(asked));
    });
  }

  open(number: number): void {
    this.number = number;
  }

  shut(): void {
    this.number = null;
    this.rows = [];
  }

  async #look(asked: number): Promise<void> {
    const rows = await flood(asked);
    // it was shut, or another opened, before this came
    if (this.number !== asked) return;
    this.rows = rows;
    if (rows.length === 0) this.shut();
  }
}
