// What the screens show. The desk's answers come in, acts go out; nothing of it outlives the page.
import type { Board, Case, Headcount, Lang, Officer, Point, Session } from './api/types';
import { langOf } from './words/langs';

const MINUTE = 60_000;

/** An act that may be taken back for a moment. */
export type Done = { name: string; undo: () => void };

class Desk {
  session = $state.raw<Session | null>(null);
  board = $state.raw<Board | null>(null);
  opened = $state.raw<Case | null>(null);
  headcount = $state.raw<Headcount | null>(null);
  /** As of when the count is asked for; absent now. */
  asOf = $state.raw<string | null>(null);
  /** How the total went, the oldest first. */
  course = $state.raw<Point[]>([]);
  /** The clock of the desk, in whole minutes: nothing on screen moves more often. */
  now = $state(0);
  /** Since when the desk does not answer. */
  away = $state<string | null>(null);
  /** Nobody is signed in here; `ended`: somebody was until a moment ago. */
  signedOut = $state(false);
  ended = $state(false);
  /** The code of what the desk refused last. */
  refused = $state<string | null>(null);
  done = $state.raw<Done | null>(null);
  soundTested = $state<number | null>(null);
  /** Acts on their way, by case. */
  unsent = $state.raw<ReadonlySet<number>>(new Set());
  chosen = $state<Lang | null>(null);
  #forgets: (() => void)[] = [];

  get lang(): Lang {
    return this.chosen ?? browserLang();
  }

  get me(): Officer | null {
    return this.session?.officer ?? null;
  }

  /** What else is held of an officer's work is forgotten with the rest. */
  whenForgotten(forgets: () => void): void {
    this.#forgets.push(forgets);
  }

  forget(): void {
    this.session = null;
    this.board = null;
    this.opened = null;
    this.headcount = null;
    this.done = null;
    this.asOf = null;
    this.course = [];
    this.refused = null;
    for (const forgets of this.#forgets) forgets();
  }

  /** The desk says what time it is. */
  tell(instant: number): void {
    this.now = Math.floor(instant / MINUTE) * MINUTE;
  }
}

const browserLang = (): Lang => langOf(navigator.language.slice(0, 2)) ?? 'ru';

export const desk = new Desk();
