// Words for what is said of a list and of a roll. The tables are complete, or they do not compile.
import type { InRoll, CheckInStatus, ListRefusal, PartyPage, Person } from '../../lib/api';
import { refusalIn } from '../../lib/refused';
import { m } from '../../lib/words';
import { dated, localTime } from '../../lib/words/when';

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

/** The longest text of a message, in letters. */
const MAX_TEXT = 2000;

/** Of those numbers whoever is still on the list, in their order. */
const named = ({ party }: Pick<PartyPage, 'party'>, numbers: readonly number[]): Person[] =>
  numbers.flatMap((number) => party.people.find((person) => person.number === number) ?? []);

export const namesOf = (page: Pick<PartyPage, 'party'>, numbers: readonly number[]): string =>
  named(page, numbers)
    .map(({ name }) => name)
    .join(', ');

/** What is to be said of the missing: who they are, or that all were found; nothing, where that is said. */
export function toSayOfMissing({ missing, said_missing: said, counted }: PartyPage): 'missing' | 'found' | null {
  const before = said?.numbers ?? [];
  if (counted.length === 0) return null;
  if (missing.length === 0) return before.length > 0 ? 'found' : null;
  return missing.join() === before.join() ? null : 'missing';
}

/** What an officer reads of the missing: a line each, with when they were seen last, as far as a message has room. */
export function missingText(page: PartyPage): string {
  const { missing, roll, said_missing: said } = page;
  if (missing.length === 0) return m.roll_found_text();
  const found = namesOf(
    page,
    (said?.numbers ?? []).filter((number) => !missing.includes(number)),
  );
  const lines = named(page, missing).map(({ number, name, group = '', phone = '' }) => {
    const seen = roll.find((one) => one.number === number)?.seen;
    return [name, group, phone, ...(seen ? [m.roll_seen({ when: dated(seen.at) })] : [])]
      .filter((part) => part !== '')
      .join(', ');
  });
  const whole = [
    m.roll_missing_text({ count: missing.length }),
    ...lines,
    ...(found === '' ? [] : [m.roll_found_since({ names: found })]),
  ];
  return cut(whole);
}

/** The first lines that there is room for, and how many are left out. */
function cut(lines: string[]): string {
  for (let kept = lines.length; kept > 0; kept -= 1) {
    const left = lines.length - kept;
    const text = [...lines.slice(0, kept), ...(left > 0 ? [`… +${left}`] : [])].join('\n');
    if ([...text].length <= MAX_TEXT) return text;
  }
  return '';
}
