// What of the latest word answers a question, and what of it is open.
import type { CheckInStatus, PartyPage, View } from './api';

/** A request for help stands until it is taken back: it answers what is asked later too, and is open. */
export function standing(said: View['check_in'], since: string): { answered: boolean; asks: boolean } {
  const asks = said?.status === 'need_help' || said?.status === '(other)' || said?.status === 'stranded';
  const isLater = said !== null && (since === '' || Date.parse(said.at) >= Date.parse(since));
  return { answered: isLater || asks, asks };
}

/** What is asked before a word goes. */
export type Asked = {
  status: CheckInStatus;
  /** Somebody is in need: the word would take that back. */
  need: boolean;
  /** How many said themselves that they are in need: that stands. */
  own: number;
  /** How many of those who travel were not seen at the roll: nothing is said of them. */
  unseen: number;
  /** Behind the PIN, how many others were said to be in need: they stay so. */
  stay: number;
  /** Of how many the word is. */
  of: number;
};

/** What is to be asked before somebody says that all of `people` are well; null where nothing is. */
export function toAsk(
  status: CheckInStatus,
  said: View['check_in'],
  page: Pick<PartyPage, 'roll' | 'counted' | 'unseen'> | null,
  people: number,
  locked = false,
): Asked | null {
  if (status === 'need_help') return null;
  const { roll = [], counted = [], unseen = 0 } = page ?? {};
  const own = roll.filter((row) => row.status === 'need_help' && row.own).length;
  const need = said?.status === 'need_help' || counted.some((one) => one.status === 'need_help');
  if (!need && unseen === 0) return null;
  const stay = locked ? (said?.stay_in_need ?? 0) : 0;
  const seen = counted.reduce((all, { count }) => all + count, 0);
  return { status, need, own, unseen, stay, of: Math.max(people, seen + unseen) - unseen - own - stay };
}
