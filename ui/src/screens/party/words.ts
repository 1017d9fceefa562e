// Words for what is said of a list and of a roll. The tables are complete, or they do not compile.
import type { InRoll, CheckInStatus, ListRefusal, PartyPage } from '../../lib/api';
import { refusalIn } from '../../lib/refused';
import { m } from '../../lib/words';
import { localTime } from '../../lib/words/when';

/** A code of Rust, or what only the screen can see. */
export type RefusalCode = ListRefusal | 'folder' | 'several' | 'unreadable';

export const refusalWords: Record<RefusalCode, () => string> = {
  too_large: m.list_too_large,
  too_much: m.list_too_much,
  unknown_kind: m.list_unknown_kind,
  damaged: m.import_damaged,
  no_ministry: m.fail_no_ministry,
  nobody: m.list_nobody,
  folder: m.import_folder,
  several: m.import_several,
  unreadable: m.import_unreadable,
};

export const refusalOf = refusalIn<RefusalCode>(refusalWords);

const countedWords: Record<CheckInStatus, (given: { count: number }) => string> = {
  safe: m.roll_here,
  need_help: m.roll_help,
  '(other)': m.roll_help,
  stranded: m.roll_stranded,
  left: m.roll_left,
};

/** "Here: 43 · Need help: 2" */
export const countWords = (counted: PartyPage['counted']): string =>
  counted.map(({ status, count }) => countedWords[status]({ count })).join(' · ');

/** What the button of a roll says that it tells, and of how many it tells nothing. */
export function tellWords({ counted, unseen }: Pick<PartyPage, 'counted' | 'unseen'>): string {
  if (counted.length === 0) return m.roll_tell();
  const untold = unseen > 0 ? ` · ${m.roll_tell_unseen({ count: unseen })}` : '';
  return `${m.roll_tell()}: ${countWords(counted)}${untold}`;
}

/** How somebody is at the roll: before it has begun nobody is missing. */
export function rollWords({ status }: InRoll, isBegun: boolean): string {
  if (status === null) return isBegun ? m.roll_is_missing() : m.roll_is_uncalled();
  return status === 'need_help' ? m.roll_needs_help() : m.roll_is_here();
}

/** When somebody was seen last, and by whom; empty where they never were. */
export function seenWords({ seen }: InRoll): string {
  if (!seen) return '';
  const by = seen.own ? m.roll_own_word() : seen.by;
  const when = m.roll_seen({ when: localTime(seen.at) });
  return by === '' ? when : `${when}, ${by}`;
}
