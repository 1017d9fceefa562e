// Keeps what is on screen true: asks again when the desk says that something changed, and whenever it was away.
import { deskNow } from './api/clock';
import { Away, Refused, board, caseOf, course, follow, headcount, session, signOut } from './api/desk';
import type { Board, CaseRow, Headcount } from './api/types';
import { desk } from './desk.svelte';
import { router } from './router.svelte';
import { ownZone } from './words/zones';

const TICK_MS = 10_000;
const AGAIN_MS = 3_000;
const UNAUTHORIZED = 401;
const CONFLICT = 409;
/** The desk believes for a minute that a case is open here. */
const PRESENCE_MS = 45_000;
/** Whose turn it is and whether SMS go changes with time alone, and no event tells of it. */
const OLD_MS = 60_000;

/** Several may be on their way at once: an older answer never stands over a newer one. */
const boards = { asked: 0, shown: 0 };

function show(fresh: Board): void {
  desk.tell(Date.parse(fresh.at));
  desk.board = fresh;
}

export async function refresh(): Promise<void> {
  await heard(async () => {
    if (!desk.session?.rights.has('see_board')) desk.session = await session(desk.lang, ownZone());
    if (desk.session.rights.has('see_board')) {
      const own = (boards.asked += 1);
      const fresh = await board();
      // nor over the page of a session that ended
      if (own > boards.shown && desk.session !== null) show(fresh);
      boards.shown = Math.max(own, boards.shown);
    }
    // who sees no list is told the time all the same
    if (!desk.board) desk.tell(deskNow());
    await entered();
  });
}

/** What the room on screen needs beside the board. */
export async function enter(): Promise<void> {
  if (desk.session) await heard(entered);
}

async function entered(): Promise<void> {
  const { route } = router;
  if (route.room !== 'case') desk.opened = null;
  else if (isStale(route.number)) {
    const [row, list] = [speaking(route.number), desk.board?.version];
    const one = await caseOf(route.number, desk.now);
    // somebody went on to another one meanwhile, or away
    if (router.route !== route || desk.session === null) return;
    desk.opened = one;
    asked = { row, list, at: deskNow() };
  }
  const counts = route.room === 'headcount' || route.room === 'table';
  if (counts) desk.headcount = await counted();
  if (route.room === 'headcount') desk.course = await course();
}

/** How the case on screen stood on the board when it was asked for last, and when that was. */
let asked: { row?: CaseRow | undefined; list?: number | undefined; at: number } = { at: 0 };

/** On the board one row speaks for all that are joined. What is closed, or folded away, has none. */
const speaking = (number: number): CaseRow | undefined =>
  desk.board?.cases.find((one) => one.number === number || one.joined.includes(number));

/** Each opening is a line in the log: asked again when the case changed, or before the others see the officer gone. */
function isStale(number: number): boolean {
  const { board, opened } = desk;
  if (opened?.row.number !== number || deskNow() - asked.at > PRESENCE_MS) return true;
  const row = speaking(number);
  if (row) return row.number !== asked.row?.number || row.version !== asked.row.version;
  // what is folded away changes with the list
  return opened.closed === null && board?.version !== asked.list;
}

/** Now, or as it was known then; where nothing was counted by then, now again. */
async function counted(): Promise<Headcount> {
  try {
    return await headcount(desk.asOf);
  } catch (thrown) {
    if (thrown instanceof Refused) desk.asOf = null;
    throw thrown;
  }
}

/** Notes whether the desk answered, and says whether it did what was asked. `conflict` takes what is not possible as it
 *  stands: its code. */
export async function heard(question: () => Promise<unknown>, conflict?: (code: string) => void): Promise<boolean> {
  try {
    await question();
    desk.away = null;
    return true;
  } catch (thrown) {
    failed(thrown, conflict);
    return false;
  }
}

/** Says of a question that failed what there is to say: nothing fails in silence. */
export function failed(thrown: unknown, conflict?: (code: string) => void): void {
  if (thrown instanceof Away) {
    desk.away ??= new Date(deskNow()).toISOString();
    return;
  }
  if (!(thrown instanceof Refused)) throw thrown;
  // a no is an answer
  desk.away = null;
  if (thrown.status === UNAUTHORIZED) ended();
  else if (thrown.status === CONFLICT && conflict) conflict(thrown.code);
  else desk.refused = thrown.code;
}

/** Nothing of people stays on the screen of a session that ended. */
function ended(): void {
  desk.ended = desk.session !== null;
  desk.signedOut = true;
  desk.forget();
}

/** The officer goes: the next one signs in here. */
export async function leave(): Promise<void> {
  if (!(await heard(signOut))) return;
  ended();
  // nobody has to be told why
  desk.ended = false;
}

const isOld = (): boolean =>
  desk.away === null && desk.board !== null && deskNow() - Date.parse(desk.board.at) >= OLD_MS;

/** Which session at this page it is. */
let sessions = 0;

/** Follows the desk until the session ends. */
export async function keepFresh(): Promise<void> {
  const own = (sessions += 1);
  desk.signedOut = false;
  // somebody may have signed in again while this waited
  const lasts = (): boolean => own === sessions && !desk.signedOut;
  const timer = setInterval(() => {
    desk.tell(deskNow());
    if (isOld()) void refresh();
    if (router.route.room === 'case') void enter();
  }, TICK_MS);
  while (lasts()) {
    await refresh();
    if (!lasts()) break;
    const follows = desk.session?.rights.has('see_board') !== false;
    if (follows) await heard(() => follow(() => void refresh()));
    // who sees no list is told of no change, and only asks whether the session still is
    await new Promise((again) => setTimeout(again, follows ? AGAIN_MS : PRESENCE_MS));
  }
  clearInterval(timer);
}
