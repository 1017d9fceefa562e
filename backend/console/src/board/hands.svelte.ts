// What an officer does on the board: chooses a row, ticks some, takes one and takes it back.
import { desk } from '../desk.svelte';
import type { CaseRow } from '../api/types';
import { letGo, take } from '../acts';
import { m } from '../words';
import { wholeName } from '../words/cases';
import { moved, ranged, toggled } from './picks';

const UNDO_MS = 10_000;

export class BoardHands {
  chosen = $state<number | null>(null);
  picks = $state.raw<ReadonlySet<number>>(new Set());
  #last: number | null = null;
  #forget: ReturnType<typeof setTimeout> | undefined;

  /** `order` gives the rows on screen from top to bottom. */
  constructor(readonly order: () => number[]) {}

  choose(number: number): void {
    this.chosen = number;
  }

  move(step: 1 | -1): void {
    this.chosen = moved(this.order(), this.chosen, step);
  }

  pick(number: number, range: boolean): void {
    this.picks = range ? ranged(this.picks, this.order(), this.#last, number) : toggled(this.picks, number);
    this.#last = number;
  }

  clear(): void {
    this.picks = new Set();
  }

  take(...rows: CaseRow[]): void {
    const free = rows.filter(({ owner }) => owner === null);
    const [first] = free;
    if (!first) return;
    for (const row of free) void take(row);
    this.clear();
    const who = free.length === 1 ? wholeName(first) : `${wholeName(first)} … (${free.length})`;
    this.#offer(m.undo_took({ who }), () => free.forEach((row) => void letGo(row)));
  }

  #offer(name: string, undo: () => void): void {
    clearTimeout(this.#forget);
    const forget = () => (desk.done = null);
    desk.done = {
      name,
      undo: () => {
        forget();
        undo();
      },
    };
    this.#forget = setTimeout(forget, UNDO_MS);
  }
}
