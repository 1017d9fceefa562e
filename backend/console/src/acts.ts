// What an officer does. It shows at once; what could not be sent yet waits here with a clock sign, and is sent in order.
import { Away, act as sendAct, write as sendLetter, type Act, type Letter } from './api/desk';
import { askForSign as sendAsked, tie as sendTied } from './api/intake';
import type { CaseRow, Officer } from './api/types';
import { desk } from './desk.svelte';
import { failed, refresh } from './refresh';

/** Called where the desk does not take it, so that what was typed for it is not gone. */
type Untaken = () => void;
type Waiting = {
  number: number;
  version: number;
  send: (version: number) => Promise<CaseRow>;
  untaken: Untaken | undefined;
};
let waiting: Waiting[] = [];
let sending: Promise<void> = Promise.resolve();
// the next officer at this page sends nothing that another decided
desk.whenForgotten(() => {
  waiting = [];
  tell();
});

export const act = (row: CaseRow, given: Act, untaken?: Untaken): Promise<void> =>
  queue(row, (version) => sendAct(row.number, version, given), untaken);

export const write = (row: CaseRow, letter: Letter, untaken?: Untaken): Promise<void> =>
  queue(row, (version) => sendLetter(row.number, version, letter), untaken);

/** Whose call it was; `null`: somebody else's after all. */
export const tie = (row: CaseRow, trip: string | null): Promise<void> =>
  queue(row, (version) => sendTied(row.number, version, trip));

export const askForSign = (row: CaseRow): Promise<void> => queue(row, (version) => sendAsked(row.number, version));

export function take(row: CaseRow): Promise<void> {
  owned(row, desk.me);
  return act(row, { act: 'take' });
}

export function letGo(row: CaseRow): Promise<void> {
  owned(row, null);
  return act(latest(row), { act: 'release' });
}

function queue({ number, version }: CaseRow, send: Waiting['send'], untaken?: Untaken): Promise<void> {
  waiting.push({ number, version, send, untaken });
  tell();
  return flush();
}

/** What waits is sent, the oldest first; with the desk away it goes on waiting. */
export function flush(): Promise<void> {
  // what failed as nobody expects is tried again with the next
  sending = sending.then(sendAll, sendAll);
  return sending;
}

async function sendAll(): Promise<void> {
  let sent = false;
  for (let first = waiting[0]; first; first = waiting[0]) {
    const { number, version, send } = first;
    try {
      const row = await send(version);
      // what was decided after this one stands on what this one made
      waiting = waiting.map((one) => (one !== first && one.number === number ? { ...one, version: row.version } : one));
      put(row);
    } catch (thrown) {
      if (thrown instanceof Away) return;
      // another was first: the fresh list says who
      failed(thrown);
      // the next officer at this page is shown nothing of it
      if (!desk.signedOut) first.untaken?.();
    }
    waiting = waiting.filter((one) => one !== first);
    sent = true;
    tell();
  }
  if (sent) await refresh();
}

const tell = (): void => void (desk.unsent = new Set(waiting.map(({ number }) => number)));

/** Taking it made a new version of it. */
const latest = (row: CaseRow): CaseRow => desk.board?.cases.find(({ number }) => number === row.number) ?? row;

const owned = (row: CaseRow, owner: Officer | null): void => put({ ...latest(row), owner });

function put(row: CaseRow): void {
  if (!desk.board) return;
  desk.board = { ...desk.board, cases: desk.board.cases.map((one) => (one.number === row.number ? row : one)) };
}
