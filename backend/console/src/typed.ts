// What is asked while somebody types: after a pause, and only the answer to what stands there now counts.
import { heard } from './refresh';

const PAUSE_MS = 500;

export class Typed<Answer> {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asked = 0;

  constructor(
    readonly hears: (answer: Answer) => void,
    readonly pause = PAUSE_MS,
  ) {}

  ask(question: () => Promise<Answer>): void {
    this.drop();
    const asked = this.#asked;
    const put = async () => {
      const answer = await question();
      if (asked === this.#asked) this.hears(answer);
    };
    this.#timer = setTimeout(() => void heard(put), this.pause);
  }

  /** Something else stands there: what was asked before is answered to nobody. */
  drop(): void {
    clearTimeout(this.#timer);
    this.#asked += 1;
  }
}
