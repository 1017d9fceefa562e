// What is being written in each case: it stays while another room is looked at, and is forgotten with its officer.
import { desk } from '../desk.svelte';
import type { Draft } from './compose';

export class Answer implements Draft {
  text = $state('');
  asks = $state(false);
  promises = $state(false);
  hour = $state('');

  /** As it stands, to be sent; nothing stands here after that. */
  taken(): Draft {
    const { text, asks, promises, hour } = this;
    [this.text, this.asks, this.promises, this.hour] = ['', false, false, ''];
    return { text, asks, promises, hour };
  }

  /** What the desk did not take stands here again, before what was typed since. */
  again({ text, asks, promises, hour }: Draft): void {
    this.text = [text, this.text].filter((part) => part.trim() !== '').join('\n');
    [this.asks, this.promises] = [this.asks || asks, this.promises || promises];
    this.hour ||= hour;
  }
}

const answers = new Map<number, Answer>();
desk.whenForgotten(() => answers.clear());

export function answerIn(number: number): Answer {
  const answer = answers.get(number) ?? new Answer();
  answers.set(number, answer);
  return answer;
}
