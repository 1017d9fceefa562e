// One answer to many cases on its way, to each as it stood when this was begun: what is sent again, for its answer was
// not heard, is refused where it has come, so that nobody is written to twice.
import { answerMany } from '../api/intake';
import type { CaseRow } from '../api/types';
import type { Announced } from '../api/wire_intake';
import { desk } from '../desk.svelte';
import { heard, refresh } from '../refresh';
import { isWhole, noWords } from './letter';

/** The desk answers no more at once: as many as somebody has read. */
export const AT_ONCE = 50;

export class AnswerDraft {
  texts = $state(noWords());
  announced = $state<Announced>('loud');
  tried = $state(false);
  busy = $state(false);
  /** It went once, and nobody knows whether it came. */
  lost = $state(false);
  /** The code of why the desk did not take it. */
  refused = $state<string | null>(null);
  done = $state.raw<{ done: number; refused: number } | null>(null);

  private constructor(readonly rows: CaseRow[]) {}

  /** To these, with the words of the one that was left unsent. Of one that may have come nothing is begun anew. */
  static to(rows: CaseRow[]): AnswerDraft {
    const old = left?.done ? null : left;
    if (old?.lost || old?.busy) return old;
    const draft = new AnswerDraft(rows);
    if (old) [draft.texts, draft.announced] = [{ ...old.texts }, old.announced];
    left = draft;
    return draft;
  }

  async send(): Promise<void> {
    [this.tried, this.refused, desk.refused] = [true, null, null];
    if (!isWhole(this.texts) || this.done !== null || this.busy) return;
    this.busy = true;
    const sent = await heard(async () => (this.done = await answerMany(this.rows, this.texts, this.announced)));
    if (sent) await refresh();
    else if (desk.away !== null) this.lost = true;
    else this.refused = desk.refused;
    this.busy = false;
  }
}

/** The last one of this officer: it stays while another room is looked at. */
let left: AnswerDraft | null = null;
desk.whenForgotten(() => (left = null));
