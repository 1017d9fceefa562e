// One call on its way to a case. The desk keeps it with every word; the browser keeps nothing.
import { Away, Refused } from '../api/desk';
import * as api from '../api/intake';
import type { Candidate } from '../api/intake';
import { act } from '../api/desk';
import type { WireIntake } from '../api/wire_intake';
import { deskNow } from '../api/clock';
import { desk } from '../desk.svelte';
import { codeOf } from '../words/countries';
import { empty, isEmpty, placed } from './form';

const PAUSE_MS = 400;
const AGAIN_MS = 2_000;
const CONFLICT = 409;

type State = 'empty' | 'kept' | 'away' | 'taken_over';
export type Done = { number: number };

export class CallDraft {
  id: string = crypto.randomUUID();
  form = $state<WireIntake>(empty());
  state = $state<State>('empty');
  /** When the desk kept it last. */
  keptAt = $state<number | null>(null);
  beganAt = $state<number | null>(null);
  /** Whose this is, where they are known. */
  tie = $state.raw<Candidate | null>(null);
  done = $state.raw<Done | null>(null);
  saving = $state(false);
  #timer: ReturnType<typeof setTimeout> | undefined;
  #sent = '';
  /** Of what is sent, so that what comes late overwrites nothing. */
  #counter = 0;

  /** Goes on with what this officer had begun. */
  async begin(): Promise<void> {
    const [held] = await api.drafts();
    if (held) this.hold(held.id, held.intake, Date.parse(held.began_at), held.counter);
  }

  hold(id: string, intake: WireIntake, began: number, counter: number): void {
    this.id = id;
    this.#counter = counter;
    this.form = { ...empty(), ...intake };
    this.#sent = JSON.stringify(this.form);
    [this.state, this.beganAt, this.keptAt] = ['kept', began, deskNow()];
  }

  /** Called with every change: what is typed is at the desk within a breath. */
  changed(): void {
    if (this.done !== null || isEmpty(this.form) || JSON.stringify(this.form) === this.#sent) return;
    this.beganAt ??= deskNow();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#keep(), PAUSE_MS);
  }

  async #keep(): Promise<void> {
    if (this.saving) return;
    const text = JSON.stringify(this.form);
    try {
      this.#counter += 1;
      await api.keepDraft(this.id, this.#intake(), this.#counter);
      this.#sent = text;
      [this.state, this.keptAt] = ['kept', deskNow()];
    } catch (thrown) {
      // it is being saved, or is: that says the same and more
      if (this.saving || this.done !== null) return;
      if (thrown instanceof Away) {
        this.state = 'away';
        this.#timer = setTimeout(() => void this.#keep(), AGAIN_MS);
      } else if (thrown instanceof Refused && thrown.status === CONFLICT) {
        this.state = 'taken_over';
      } else if (thrown instanceof Refused) {
        desk.refused = thrown.code;
      } else throw thrown;
    }
  }

  #intake(): WireIntake {
    return { ...this.form, ...placed(this.form.place, codeOf) };
  }

  /** Makes the case. While the desk is away it is tried again: the same draft is never two cases, and what was corrected
   *  meanwhile is added to the one. */
  async save(): Promise<void> {
    if (this.saving) return;
    clearTimeout(this.#timer);
    this.saving = true;
    for (;;) {
      try {
        const given = this.#intake();
        const number = await api.takeDown(this.id, given, this.tie?.trip ?? null);
        if (JSON.stringify(this.#intake()) !== JSON.stringify(given)) continue;
        await this.#join(number);
        this.done = { number };
        // nothing of the caller stays on the screen
        this.form = empty();
        break;
      } catch (thrown) {
        if (thrown instanceof Away) {
          this.state = 'away';
          await new Promise((again) => setTimeout(again, AGAIN_MS));
          continue;
        }
        if (!(thrown instanceof Refused)) throw thrown;
        desk.refused = thrown.code;
        break;
      }
    }
    this.saving = false;
  }

  async #join(other: number): Promise<void> {
    const row = this.tie?.row;
    if (!row) return;
    try {
      await act(row.number, row.version, { act: 'join', other, reason: '' });
    } catch (thrown) {
      // the call is saved: it is joined on its page
      if (!(thrown instanceof Refused)) throw thrown;
      desk.refused = thrown.code;
    }
  }

  async giveUp(): Promise<void> {
    clearTimeout(this.#timer);
    if (this.state === 'kept' || this.state === 'away') await api.giveUpDraft(this.id).catch(refusedOnly);
    this.renew();
  }

  renew(): void {
    clearTimeout(this.#timer);
    this.id = crypto.randomUUID();
    this.form = empty();
    [this.state, this.beganAt, this.keptAt] = ['empty', null, null];
    [this.tie, this.done, this.saving] = [null, null, false];
    this.#counter = 0;
    this.#sent = '';
  }
}

/** What is not at the desk need not be given up there. */
function refusedOnly(thrown: unknown): void {
  if (!(thrown instanceof Refused) && !(thrown instanceof Away)) throw thrown;
}

/** The call of this officer: it stays while another room is looked at. */
export const call = new CallDraft();
