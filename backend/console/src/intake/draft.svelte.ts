// One call on its way to a case. The desk keeps it with every word; the browser keeps nothing.
import { act, Away, Refused } from '../api/desk';
import { isGone } from '../api/http';
import * as api from '../api/intake';
import type { Candidate } from '../api/intake';
import type { WireDraft, WireIntake } from '../api/wire_intake';
import { deskNow } from '../api/clock';
import { desk } from '../desk.svelte';
import { failed, heard } from '../refresh';
import { airportIn, codeOf } from '../words/countries';
import { agreeWords } from '../words/intake';
import { description, empty, formOf, isEmpty, placed, readBack, type Form } from './form';

const PAUSE_MS = 400;
const AGAIN_MS = 2_000;
const PASSES = 500;
const EMPTY = JSON.stringify(empty());

/** `second`: an earlier call of this officer waits at the desk, which keeps no other of theirs until it is passed on. */
type State = 'empty' | 'kept' | 'away' | 'refused' | 'second' | 'taken_over';
export const isSame = (one: Candidate, other: Candidate | null): boolean =>
  other !== null && one.trip === other.trip && one.row?.number === other.row?.number;

export class CallDraft {
  id: string = crypto.randomUUID();
  form = $state<Form>(empty());
  state = $state<State>('empty');
  /** When the desk kept it last. */
  keptAt = $state<number | null>(null);
  beganAt = $state<number | null>(null);
  /** Whose this is, where they are known. */
  tie = $state.raw<Candidate | null>(null);
  /** The case that it became. */
  done = $state<number | null>(null);
  /** The case that it is already, though not with all that stands here. */
  made = $state<number | null>(null);
  saving = $state(false);
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** What the desk has or is being given; nothing where nobody knows. */
  #sent: string | null = EMPTY;
  /** What was said of the person when they were found by it. */
  #tiedBy = '';
  /** The number and the name that were read back. */
  #readAs = '';
  /** Of what is sent, so that what comes late overwrites nothing. */
  #counter = 0;

  /** Goes on with what this officer had begun. */
  async begin(): Promise<void> {
    await heard(() => this.#holds(async () => (await api.drafts())[0]));
  }

  /** Goes on with what another officer had begun. Whether it stands here is answered. */
  async take(id: string): Promise<boolean> {
    let holds = false;
    await heard(async () => (holds = await this.#holds(() => api.takeDraft(id))));
    return holds;
  }

  /** Nothing is typed here that another call would overwrite. */
  get isFree(): boolean {
    return isEmpty(this.form) && !this.saving;
  }

  async #holds(asks: () => Promise<WireDraft | undefined>): Promise<boolean> {
    const { id } = this;
    if (!this.isFree) return false;
    const held = await asks();
    // what was typed meanwhile stays; the old one stays at the desk
    if (held === undefined || this.id !== id || !this.isFree) return false;
    this.hold(held);
    return true;
  }

  hold({ id, intake, began_at, changed_at, counter }: WireDraft): void {
    this.renew();
    this.id = id;
    this.#counter = counter;
    this.form = formOf(intake);
    this.#sent = JSON.stringify(this.form);
    this.#readAs = this.#read();
    [this.state, this.beganAt, this.keptAt] = ['kept', Date.parse(began_at), Date.parse(changed_at)];
  }

  /** The call is of this person, or of nobody known. */
  tieTo(one: Candidate | null): void {
    // the desk is being told of whom it is
    if (this.saving) return;
    this.tie = one;
    this.#tiedBy = this.#said();
  }

  /** Who may be meant by what is said now: who is not among them any more is not the person. */
  found(candidates: Candidate[]): void {
    this.tieTo(candidates.find((one) => isSame(one, this.tie)) ?? null);
  }

  /** Read back and right, or not after all. */
  toggleReadBack(): void {
    this.form.read_back = !this.form.read_back;
    this.#readAs = this.#read();
  }

  #read(): string {
    return JSON.stringify(readBack(this.form));
  }

  #said(): string {
    return JSON.stringify(description(this.form));
  }

  /** Not who was found by other words: letters would go to a wrong phone. Such a call is joined on its page. */
  #tied(): Candidate | null {
    return this.#tiedBy === this.#said() ? this.tie : null;
  }

  /** Called with every change: what is typed is at the desk within a breath. */
  changed(): void {
    // another number or name was not read back
    if (this.form.read_back && this.#readAs !== this.#read()) this.form.read_back = false;
    // a case takes what is new when it is saved again
    if (this.done !== null || this.made !== null || JSON.stringify(this.form) === this.#sent) return;
    this.beganAt ??= deskNow();
    this.#keepIn(PAUSE_MS);
  }

  #keepIn(pause: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#keep(), pause);
  }

  async #keep(): Promise<void> {
    if (this.saving || this.made !== null) return;
    const { id } = this;
    this.#counter += 1;
    const counter = this.#counter;
    // of another call, or before what was sent since: its answer says nothing of what stands here
    const isOld = (): boolean => this.id !== id || this.#counter !== counter;
    this.#sent = JSON.stringify(this.form);
    try {
      await api.keepDraft(id, this.#intake(), counter);
      if (!isOld()) [this.state, this.keptAt] = ['kept', deskNow()];
    } catch (thrown) {
      // it is being saved, or is: that says the same and more
      if (isOld() || this.saving || this.done !== null || this.made !== null) return;
      this.#sent = null;
      this.#unkept(thrown);
    }
  }

  #unkept(thrown: unknown): void {
    if (thrown instanceof Away) this.state = 'away';
    else {
      this.state = 'refused';
      failed(thrown, (code) => (this.state = code === 'not_possible' ? 'second' : 'taken_over'));
    }
    // a desk that is away, or cannot write now, will be there again
    if (thrown instanceof Away || (thrown instanceof Refused && thrown.status >= PASSES)) this.#keepIn(AGAIN_MS);
  }

  #intake(): WireIntake {
    return { ...this.form, country: null, airport: null, ...placed(this.form.place, codeOf, airportIn) };
  }

  /** Makes the case. While the desk is away it is tried again: the same draft is never two cases, and what was typed
   *  meanwhile is added to the one. */
  async save(): Promise<void> {
    if (this.saving) return;
    clearTimeout(this.#timer);
    this.saving = true;
    const { id } = this;
    let joined = false;
    for (;;) {
      const given = JSON.stringify(this.#intake());
      const isWhole = (): boolean => JSON.stringify(this.#intake()) === given;
      try {
        const tied = this.#tied();
        const number = await api.takeDown(id, this.#intake(), tied?.trip ?? null);
        if (this.id !== id) return;
        this.made = number;
        if (isWhole() && !joined) {
          await this.#join(number, tied);
          joined = true;
        }
        if (this.id !== id) return;
        if (!isWhole()) continue;
        [this.done, this.made] = [number, null];
        // nothing of the caller stays on the screen
        this.form = empty();
        break;
      } catch (thrown) {
        // given up, or another officer is at this page
        if (this.id !== id) return;
        if (thrown instanceof Away) {
          this.state = 'away';
          await new Promise((again) => setTimeout(again, AGAIN_MS));
          if (this.id !== id) return;
          continue;
        }
        failed(thrown);
        break;
      }
    }
    this.saving = false;
    // what was typed while the desk did not take it is kept all the same
    this.changed();
  }

  async #join(other: number, tied: Candidate | null): Promise<void> {
    if (!tied?.row) return;
    const { number, version } = tied.row;
    try {
      await act(number, version, { act: 'join', other, reason: agreeWords(tied) });
    } catch (thrown) {
      if (thrown instanceof Away) throw thrown;
      // the call is saved: it is joined on its page
      failed(thrown);
    }
  }

  async giveUp(): Promise<void> {
    const { id } = this;
    clearTimeout(this.#timer);
    if (this.state !== 'empty' && this.state !== 'taken_over') await api.giveUpDraft(id).catch(saidUnlessGone);
    if (this.id === id) this.renew();
  }

  renew(): void {
    clearTimeout(this.#timer);
    this.id = crypto.randomUUID();
    this.form = empty();
    [this.state, this.beganAt, this.keptAt] = ['empty', null, null];
    [this.tie, this.done, this.made, this.saving] = [null, null, null, false];
    this.#counter = 0;
    this.#sent = EMPTY;
    this.#tiedBy = '';
  }
}

/** What is not at the desk need not be given up there. */
function saidUnlessGone(thrown: unknown): void {
  if (!isGone(thrown)) failed(thrown);
}

/** The call of this officer: it stays while another room is looked at. */
export const call = new CallDraft();
desk.whenForgotten(() => call.renew());
