// What an officer does within a case: one small form is open at a time.
import { act, write } from '../acts';
import type { Act, Letter } from '../api/desk';
import type { Case } from '../api/types';

export type Form = 'call' | 'hand_over' | 'take_over' | 'rank' | 'step' | 'close' | 'reopen';

export class CaseHands {
  form = $state<Form | null>(null);
  /** Where answers are typed. */
  field = $state<HTMLElement>();

  constructor(readonly one: () => Case) {}

  open(form: Form): void {
    this.form = this.form === form ? null : form;
  }

  shut(): void {
    this.form = null;
  }

  answer(): void {
    this.field?.focus();
  }

  /** `untaken` puts back what was typed for it, where the desk does not take it. */
  act(given: Act, untaken?: () => void): void {
    this.shut();
    void act(this.one().row, given, untaken);
  }

  write(letter: Letter, untaken: () => void): void {
    void write(this.one().row, letter, untaken);
  }
}
