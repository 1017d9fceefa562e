// Words for what is said of a list and of a roll. The tables are complete, or they do not compile.
import type { InRoll, CheckInStatus, ListRefusal, PartyPage, Person } from '../../lib/api';
import { refusalIn } from '../../lib/refused';
import { m } from '../../lib/words';
import { dated, localTime } from '../../lib/words/when';
import type { Took } from './entered.svelte';
import { leftOf } from './people';

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

/** What a list that was brought did to the list. */
export const tookWords = ({ count, changed }: Took): string =>
  [
    ...(count > 0 || changed === 0 ? [m.list_entered({ count })] : []),
    ...(changed > 0 ? [m.list_updated({ count: changed })] : []),
  ].join(' · ');

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

type OfMissing = Pick<PartyPage, 'party' | 'travel' | 'counted' | 'missing' | 'said_missing'>;

/** Of whom it was said that they are missing: who was found, and how many still are. */
function saidSoFar({ party, missing, said_missing: said }: Omit<OfMissing, 'travel' | 'counted'>) {
  const numbers = said?.numbers ?? [];
  const found = named({ party }, numbers).filter(({ number }) => !missing.includes(number));
  return { numbers, found, still: numbers.filter((number) => missing.includes(number)) };
}

/** So many names stand on a button. */
const NAMED = 2;

/** What the button of a roll says that it tells, and of how many it tells nothing or told it before. */
export function tellWords(page: OfMissing): string {
  if (page.counted.length === 0) return m.roll_tell();
  const { found, still } = saidSoFar(page);
  const who = found.length > NAMED ? String(found.length) : found.map(({ name }) => name).join(', ');
  const facts = [
    countWords(page.counted),
    ...(found.length > 0 ? [m.roll_tell_found({ who })] : []),
    ...unseenWords(leftOf(page), still.length),
  ];
  return m.roll_tell_what({ what: facts.join(' · ') });
}

/** Of how many nothing is told now: of some it is told before. */
function unseenWords(count: number, told: number): string[] {
  if (count === 0) return [];
  if (told === 0) return [m.roll_tell_unseen({ count })];
  return [told < count ? m.roll_tell_partly({ count, told }) : m.roll_tell_said({ count })];
}

const inRow = (numbers: readonly number[]): number[] => [...numbers].sort((one, other) => one - other);

/** Whether the ministry was told just what the roll says now, of how many and of whom. */
export function isTold(page: PartyPage): boolean {
  const { told, counted, roll, missing, over } = page;
  if (told === null || over !== null || told.delivery.state === 'parked') return false;
  const help = roll.filter(({ status }) => status === 'need_help').map(({ number }) => number);
  const said = [told.people, inRow(told.help), inRow(told.unseen)];
  const now = [counted, inRow(help), inRow(missing)];
  return JSON.stringify(said) === JSON.stringify(now) && saidSoFar(page).found.length === 0;
}

/** Who was said to be missing; "all were found" ends where a new roll begins, or where somebody is not seen. */
export function standsSaid(page: PartyPage): PartyPage['said_missing'] {
  const { said_missing: said, roll_begun_at: begun } = page;
  if (said === null || said.numbers.length > 0) return said;
  const isBefore = begun !== null && Date.parse(said.at) < Date.parse(begun);
  return isBefore || leftOf(page) > 0 ? null : said;
}

/** How all are, and whether that is what the ministry was told: a line on other screens. */
export function briefWords(page: PartyPage): string {
  const { counted, told, roll_begun_at: begun } = page;
  const unseen = leftOf(page);
  // it has just begun, and nobody is marked yet
  if (!page.is_called && begun !== null)
    return [m.roll_since({ when: localTime(begun) }), m.checkin_not_seen({ count: unseen })].join(' · ');
  const when = told && toldWords(told);
  return [
    countWords(counted),
    ...(unseen > 0 ? [m.checkin_not_seen({ count: unseen })] : []),
    when ?? m.roll_brief_untold(),
    ...(when !== null && !isTold(page) ? [m.roll_brief_changed()] : []),
  ].join(' · ');
}

const stateWords: Record<CheckInStatus, () => string> = {
  safe: m.roll_is_here,
  need_help: m.roll_needs_help,
  '(other)': m.roll_needs_help,
  stranded: m.roll_is_stranded,
  left: m.roll_has_left,
};

/** How somebody is at the roll. */
export const rollWords = ({ status }: InRoll): string => (status === null ? m.roll_is_missing() : stateWords[status]());

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

/** When all that the roll says was told, and how far that is: a word that waits here was not given to the ministry. */
export const toldWords = ({ at, delivery }: NonNullable<PartyPage['told']>): string =>
  (delivery.state === 'received' ? m.roll_brief_told : m.roll_brief_kept)({ when: localTime(at) });

/** Whether somebody is missing of whom that was not said. Before anybody is seen nobody is. */
export const lacksName = ({ missing, said_missing: said, counted }: OfMissing): boolean =>
  counted.length > 0 && missing.some((number) => !(said?.numbers ?? []).includes(number));

/** What an officer reads of whoever was said to be missing and was found; empty where nobody was. */
export function foundText(page: PartyPage): string {
  const { numbers, found, still } = saidSoFar(page);
  if (found.length === 0) return '';
  // whoever was taken off the list was not found by that
  if (found.length < numbers.length) return linesOf(page, still, found);
  return cut([m.roll_found_text(), sinceWords(found)]);
}

/** What an officer reads of the missing: a line each, with when they were seen last, as far as a message has room. */
export const missingText = (page: PartyPage): string => linesOf(page, page.missing, saidSoFar(page).found);

const sinceWords = (found: Person[]) => m.roll_found_since({ names: found.map(({ name }) => name).join(', ') });

function linesOf(page: PartyPage, missing: number[], found: Person[]): string {
  const lines = named(page, missing).map(({ number, name, group = '', room = '', phone = '' }) => {
    const seen = page.roll.find((one) => one.number === number)?.seen;
    return [name, group, room, phone, ...(seen ? [m.roll_seen({ when: dated(seen.at) })] : [])]
      .filter((part) => part !== '')
      .join(', ');
  });
  const heading = missing.length > 0 ? [m.roll_missing_text({ count: missing.length })] : [];
  return cut([...heading, ...lines, ...(found.length > 0 ? [sinceWords(found)] : [])]);
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
