// One letter to many on its way. What is sent again, for its answer was not heard, is one message.
import { mailings, receivers, writeToMany, type NewMailing } from '../api/intake';
import type { Announced, Mailing, Match, Receivers } from '../api/wire_intake';
import { desk } from '../desk.svelte';
import { heard } from '../refresh';
import { codeOf } from '../words/countries';
import { isOf, isWhole, match, noWords, nobody } from './letter';

export class LetterDraft {
  to = $state(nobody());
  texts = $state(noWords());
  announced = $state<Announced>('loud');
  /** Whom it reaches, as it stands here. */
  seen = $state.raw<Receivers | null>(null);
  written = $state.raw<Mailing[]>([]);
  /** Whom it reaches is another number by now. */
  changed = $state(false);
  /** Another letter had gone, though its answer was not heard. */
  gone = $state(false);
  busy = $state(false);
  #id = crypto.randomUUID();
  #stands = '';
  #lost: { letter: NewMailing; before: ReadonlySet<number> } | null = null;

  get asked(): Match | null {
    return match(this.to, codeOf);
  }

  look(): Promise<boolean> {
    return heard(async () => (this.written = await mailings()));
  }

  async count(): Promise<void> {
    const { asked } = this;
    [this.changed, this.gone] = [false, false];
    if (asked === null) return;
    await this.#once(async () => {
      if (await this.#hasGone()) return;
      const seen = await receivers(asked);
      if (JSON.stringify(this.asked) === JSON.stringify(asked)) this.seen = seen;
    });
  }

  async send(): Promise<void> {
    const { asked, seen } = this;
    if (asked === null || seen === null || !isWhole(this.texts)) return;
    const { announced, texts } = this;
    const letter = { id: this.#idOf(asked), to: asked, texts: { ...texts }, announced, receivers: seen.receivers };
    await this.#once(async () => {
      if (await this.#hasGone()) return;
      this.#lost = { letter, before: new Set(this.written.map(({ id }) => id)) };
      await writeToMany(letter);
      // another officer is at this page
      if (this.#lost?.letter !== letter) return;
      this.#clear();
      this.written = await mailings();
    });
  }

  /** One id as long as whom, words and manner are the same. */
  #idOf(to: Match): string {
    const stands = JSON.stringify([to, this.texts, this.announced]);
    if (stands !== this.#stands) [this.#id, this.#stands] = [crypto.randomUUID(), stands];
    return this.#id;
  }

  /** After an answer that was not heard: whether that letter is there. */
  async #hasGone(): Promise<boolean> {
    if (this.#lost === null) return false;
    const { letter, before } = this.#lost;
    this.written = await mailings();
    this.#lost = null;
    const found = this.written.some(
      (one) => !before.has(one.id) && one.officer.id === desk.me?.id && isOf(one, letter),
    );
    if (!found) return false;
    const { asked } = this;
    const isThis = asked !== null && isOf({ to: asked, texts: this.texts, announced: this.announced }, letter);
    if (isThis) this.#clear();
    [this.seen, this.gone] = [null, !isThis];
    return true;
  }

  renew(): void {
    this.#clear();
    [this.announced, this.written] = ['loud', []];
  }

  #clear(): void {
    [this.to, this.texts, this.seen] = [nobody(), noWords(), null];
    [this.#lost, this.#stands, this.changed, this.gone] = [null, '', false, false];
  }

  async #once(question: () => Promise<void>): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    await heard(question, () => {
      [this.changed, this.seen, this.#lost] = [true, null, null];
    });
    this.busy = false;
  }
}

/** The letter of this officer: it stays while another room is looked at. */
export const letter = new LetterDraft();
desk.whenForgotten(() => letter.renew());
