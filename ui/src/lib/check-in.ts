// What of the latest word answers a question, and what of it is open.
import type { CheckInStatus, PartyPage, StatusCount, View } from './api';
import { whoWords } from './whom';
import { m } from './words';

/** A request for help stands until it is taken back: it answers what is asked later too, and is open. */
export function standing(said: View['check_in'], since: string): { answered: boolean; asks: boolean } {
  const asks = isRequest(said) || said?.status === 'stranded';
  const isLater = said !== null && (since === '' || Date.parse(said.at) >= Date.parse(since));
  return { answered: isLater || asks, asks };
}

/** What can be said, in its order. What was pressed keeps its place: a second tap on it says nothing else. */
export function offers(of: { whole: boolean; ofOthers: boolean; stuck: boolean; asks: boolean }): CheckInStatus[] {
  // whoever registered others and is on no trip asks for nothing for themselves
  if (of.ofOthers) return ['safe'];
  if (of.whole) return ['safe', 'need_help', 'left', 'stranded'];
  // whoever is stuck finds first how to ask
  if (of.stuck) return ['need_help', 'left', 'safe'];
  return of.asks ? ['safe', 'need_help', 'left'] : ['safe', 'need_help'];
}

/** Whether help is asked for: by a word, or by a call after it. */
export function isCry({ check_in: said, my_case: mine }: Pick<View, 'check_in' | 'my_case'>): boolean {
  return isRequest(said) || (mine?.delivery ?? null) !== null;
}

/** What a later app says may be a request: it is taken for one. */
const isRequest = (said: View['check_in']): boolean => said?.status === 'need_help' || said?.status === '(other)';

/** What was asked of the ministry by it, or waits to be; what is refused says so itself. */
export function requestWords(said: NonNullable<View['check_in']>): string {
  const { status, told_more: more, received_at: received, delivery } = said;
  if (!more || (status !== 'stranded' && status !== 'need_help')) return '';
  if (received !== null || delivery.state === 'received')
    return status === 'stranded' ? m.checkin_told_stranded() : m.checkin_told_help();
  if (delivery.state !== 'waiting') return '';
  return status === 'stranded' ? m.checkin_stranded_waits() : m.checkin_help_waits();
}

/** What is asked before a word goes. */
export type Asked = {
  status: CheckInStatus;
  /** Somebody is in need: the word would take that back. */
  need: boolean;
  /** Whose need that is; empty where that of whoever answers, or of all. */
  whose: string;
  /** Who said themselves that they are in need: that stands. */
  own: string;
  /** Who of those who travel was not seen at the roll: nothing is said of them. */
  unseen: string;
  /** That is told already. */
  unseenTold: boolean;
  /** Behind the PIN, how many others were said to be in need: they stay so. */
  stay: number;
  /** Of how many the word is, and of how many there are. */
  of: number;
  all: number;
};

export type Page = Partial<Pick<PartyPage, 'party' | 'roll' | 'missing' | 'over' | 'said_missing'>> &
  Pick<PartyPage, 'counted' | 'unseen'>;
type Answering = Pick<View, 'check_in' | 'my_case' | 'party' | 'lock'>;

/** What is known of a party behind the PIN: how many a word of all would be of, and how many it would not. */
export function behindThePin(counted: StatusCount[], people: number): Page {
  return { counted, unseen: Math.max(0, people - counted.reduce((sum, { count }) => sum + count, 0)) };
}

/** What is to be asked before somebody says that all who travel are well; null where nothing is. */
export function toAsk(status: CheckInStatus, view: Answering, page: Page | null): Asked | null {
  if (status === 'need_help') return null;
  const { check_in: said, party: people, lock } = view;
  const {
    party = { people: [] },
    roll = [],
    counted = [],
    missing = [],
    unseen = 0,
  } = page ?? { counted: [], unseen: 0 };
  const cries = roll.filter((row) => row.status === 'need_help');
  const own = cries.filter((row) => row.own).map(({ number }) => number);
  // whoever was seen since stands in need all the same, until that is asked
  const told = [...cries.filter((row) => !row.own).map(({ number }) => number), ...(page?.over?.numbers ?? [])];
  const inNeed = said?.by_status.find((one) => one.status === 'need_help')?.count ?? 0;
  const others = Math.max(told.length, inNeed - own.length);
  const stay = lock.locked ? (said?.stay_in_need ?? 0) : 0;
  // what somebody said themselves ends by no word of another, and none ends behind the PIN that somebody said of others
  const need = stay === 0 && (others > 0 || (isCry(view) && own.length === 0));
  if (!need && stay === 0 && own.length === 0 && unseen === 0) return null;
  const reported = page?.said_missing?.numbers ?? [];
  const seen = counted.reduce((sum, { count }) => sum + count, 0);
  const all = Math.max(people, seen + unseen);
  const who = (numbers: number[], count: number) => (count > 0 ? whoWords(party.people, numbers, count) : '');
  return {
    status,
    need,
    whose: !need || (others >= people && told.length < others) ? '' : who(told, others),
    own: who(own, own.length),
    unseen: who(missing, unseen),
    unseenTold: missing.length === unseen && missing.every((number) => reported.includes(number)),
    stay,
    of: all - unseen - own.length - stay,
    all,
  };
}
