// The list as the screens change it. What holds and what does not is said by Rust when it is kept.
import type { FaultyRow, PartyAct, PartyPage, Person, TripDraft } from '../../lib/api';
import type { FaultCode } from '../../lib/words/faults';
import { latinOf } from '../../lib/words/latin';
import { needsOf, toNeeds, type NeedsFields } from '../trip-form/needs';

export type PersonFields = {
  name: string;
  latin: string;
  phone: string;
  group: string;
  room: string;
  needs: NeedsFields;
};

export const fieldsOf = (person: Partial<Person>): PersonFields => ({
  name: person.name ?? '',
  latin: person.latin ?? '',
  phone: person.phone ?? '',
  group: person.group ?? '',
  room: person.room ?? '',
  needs: needsOf(person.needs),
});

export const toPerson = (fields: PersonFields, number: number): Person => ({
  number,
  name: fields.name,
  latin: fields.latin,
  phone: fields.phone,
  group: fields.group,
  room: fields.room,
  needs: toNeeds(fields.needs),
});

/** So many people one trip has at most. */
export const MOST = 500;

/** How many more the list has room for. */
export const roomOn = (page: PartyPage): number => Math.max(0, MOST - page.party.people.length);

type Save = Extract<PartyAct, { act: 'save' }>;

const saved = (page: PartyPage, people: Person[], faulty: FaultyRow[]): Save => ({
  act: 'save',
  party: { ...page.party, people },
  unread: faulty.map(({ row, person, text }) => ({ row, person, text })),
});

/** Puts one on the list, or in the place of who has their number. */
export const withPerson = (page: PartyPage, person: Person): Save => {
  const known = page.party.people.some(({ number }) => number === person.number && number !== 0);
  const people = known
    ? page.party.people.map((one) => (one.number === person.number ? person : one))
    : [...page.party.people, person];
  return saved(page, people, page.faulty);
};

export const withoutPerson = (page: PartyPage, number: number): Save =>
  saved(
    page,
    page.party.people.filter((one) => one.number !== number),
    page.faulty,
  );

/** Puts those who can on the list, as far as it has room, and those who are on it as they are now. */
export const withList = (page: PartyPage, people: Person[], changed: Person[], faulty: FaultyRow[]): Save => {
  const listed = page.party.people.map((one) => changed.find(({ number }) => number === one.number) ?? one);
  return saved(page, [...listed, ...people.slice(0, roomOn(page))], [...page.faulty, ...faulty]);
};

/** The rows of a list that do not wait already. */
export const notWaiting = (page: PartyPage, faulty: FaultyRow[]): FaultyRow[] => {
  const saying = ({ person, text }: FaultyRow) => JSON.stringify([person, text]);
  const waiting = page.faulty.map(saying);
  return faulty.filter((row) => !waiting.includes(saying(row)));
};

/** The list and what waits as they were before a list was put on it. */
export const asBeforeList = (page: PartyPage, was: PartyPage): Save => asBefore({ ...page, faulty: was.faulty }, was);

/** A row that was corrected goes on the list; one that was left out is gone. */
export const withoutRow = (page: PartyPage, at: number, person: Person | null): Save =>
  saved(
    page,
    person ? [...page.party.people, person] : page.party.people,
    page.faulty.filter((_, index) => index !== at),
  );

/** The list as it was, with what was said of it since. */
export const asBefore = (page: PartyPage, was: PartyPage): Save =>
  saved({ ...page, party: { ...was.party, leader: page.party.leader } }, was.party.people, page.faulty);

/** Who calls the roll goes by another name. */
export const withLeader = (page: PartyPage, leader: string): Save =>
  saved({ ...page, party: { ...page.party, leader } }, page.party.people, page.faulty);

/** None of the rows waits any more. */
export const withoutRows = (page: PartyPage): Save => saved(page, page.party.people, []);

/** What was left out waits again. */
export const withRows = (page: PartyPage, rows: readonly FaultyRow[]): Save =>
  saved(page, page.party.people, [...page.faulty, ...rows]);

/** How many entries are one with another: they count once. */
export const alikeIn = ({ roll, missing, counted }: PartyPage): number =>
  roll.length - missing.length - counted.reduce((all, { count }) => all + count, 0);

/** How many of all who travel were not seen, on the list or not: who counts as one is one. */
export const leftOf = ({ travel, counted, missing }: Pick<PartyPage, 'travel' | 'counted' | 'missing'>): number =>
  Math.max(travel - counted.reduce((all, { count }) => all + count, 0), missing.length);

/** The trip of so many; the children stay as many as they were. */
export function ofSoMany(draft: TripDraft, count: number): TripDraft {
  const children = Math.min(draft.children, Math.max(0, count - 1));
  return { ...draft, adults: count - children, children };
}

/** With whom somebody goes and stays. */
export const placeOf = ({ group = '', room = '' }: Person): string =>
  [group, room].filter((part) => part !== '').join(' · ');

/** Buses by their number, the tenth after the second; who is in none stands last. */
export function inOrder(one: string, other: string): number {
  const numberIn = (name: string) => (name === '' ? Infinity : Number(/\d+/.exec(name)?.[0] ?? 0));
  if (numberIn(one) !== numberIn(other)) return numberIn(one) < numberIn(other) ? -1 : 1;
  return one < other ? -1 : Number(one > other);
}

/** Everybody by bus or room, in the order in which these first stand on the list. */
export function byGroup<T>(rows: readonly T[], groupOf: (row: T) => string): [string, T[]][] {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = groupOf(row);
    groups.set(group, [...(groups.get(group) ?? []), row]);
  }
  return [...groups];
}

/** The field of a person that a pointer of Rust names: of the whole list, or of one. */
export const faultsOf = (field: string | null, code: FaultCode): Partial<Record<string, FaultCode>> => ({
  [field?.replace(/^\/people\/\d+/, '') ?? '']: code,
});

/** A name for who reads no Cyrillic: as the leader wrote it, else as a passport may have it. */
export function nameToShow({ name, latin = '' }: Pick<Person, 'name' | 'latin'>): { shown: string; guessed: boolean } {
  const guess = latin === '' ? latinOf(name) : '';
  return { shown: latin || guess || name, guessed: guess !== '' };
}
