// What an officer does. It shows at once; what could not be sent yet waits here with a clock sign, and is sent in order.
import { Away, Refused, act as sendAct, write as sendLetter, type Act, type Letter } from './api/desk';
import type { CaseRow, Officer } from './api/types';
import { desk } from './desk.svelte';
import { refresh } from './refresh';

type Waiting = { number: number; send: () => Promise<unknown> };
const waiting: Waiting[] = [];
let sending: Promise<void> = Promise.resolve();

export function act(row: CaseRow, given: Act): Promise<void> {
  return queue(row.number, () => sendAct(row.number, row.version, given));
}

export function write(row: CaseRow, letter: Letter): Promise<void> {
  return queue(row.number, () => sendLetter(row.number, row.version, letter));
}

function queue(number: number, send: () => Promise<unknown>): Promise<void> {
  waiting.push({ number, send });
  tell();
  return flush();
}

export function take(row: CaseRow): Promise<void> {
  owned(row, desk.me);
  return act(row, { act: 'take' });
}

export function letGo(row: CaseRow): Promise<void> {
  owned(row, null);
  return act(latest(row), { act: 'release' });
}

/** What waits is sent, the oldest first; with the desk away it goes on waiting. */
export function flush(): Promise<void> {
  sending = sending.then(sendAll);
  return sending;
}

async function sendAll(): Promise<void> {
  let sent = false;
  while (waiting[0]) {
    try {
      await waiting[0].send();
    } catch (thrown) {
      if (thrown instanceof Away) return;
      if (!(thrown instanceof Refused)) throw thrown;
      // another was first: the fresh list says who
      desk.refused = thrown.code;
    }
    waiting.shift();
    sent = true;
    tell();
  }
  if (sent) await refresh();
}

const tell = (): void => void (desk.unsent = new Set(waiting.map(({ number }) => number)));

/** Taking it made a new version of it. */
const latest = (row: CaseRow): CaseRow => desk.board?.cases.find(({ number }) => number === row.number) ?? row;

function owned(row: CaseRow, owner: Officer | null): void {
  if (!desk.board) return;
  const cases = desk.board.cases.map((one) => (one.number === row.number ? { ...one, owner } : one));
  desk.board = { ...desk.board, cases };
}
