import { beforeEach, describe, expect, it } from 'vitest';
import type { Person } from '../src/lib/api';
import { lostWords } from '../src/lib/show/lost';
import { app } from '../src/lib/state.svelte';
import { needsWords, personWords } from '../src/lib/words/needs';
import {
  asBeforeList,
  byGroup,
  faultsOf,
  fieldsOf,
  inOrder,
  leftOf,
  nameToShow,
  notWaiting,
  ofSoMany,
  toPerson,
  withList,
  withoutPerson,
  withoutRow,
  withoutRows,
  withRows,
  withPerson,
} from '../src/screens/party/people';
import {
  briefWords,
  countWords,
  foundText,
  isTold,
  lacksName,
  missingText,
  seenWords,
  standsSaid,
  tellWords,
  tookWords,
} from '../src/screens/party/words';
import { isAny, needsOf, toNeeds } from '../src/screens/trip-form/needs';
import { group, party, reported } from './sample/party';
import { draft } from './sample/trips';
import { views } from './sample/views';

beforeEach(() => {
  app.view = { ...views.crisis, lang: 'en' };
});

const one: Person = { number: 0, name: 'Ерлан' };
const numbers = (people: readonly Person[]) => people.map(({ number }) => number);

describe('needs', () => {
  it('come back as they were typed, and a number that is none is nothing', () => {
    const needs = { medicine: 'Инсулин', medicine_days: 5, wheelchair: true, pregnant: false, infant: true };
    expect(toNeeds(needsOf(needs))).toEqual(needs);
    expect(toNeeds({ ...needsOf(needs), days: -1 }).medicine_days).toBeNull();
    expect(toNeeds({ ...needsOf(needs), days: 1.5 }).medicine_days).toBeNull();
    expect([isAny(needsOf(undefined)), isAny(needsOf({ infant: true }))]).toEqual([false, true]);
  });

  it('are said a line each, and somebody in one', () => {
    expect(needsWords(undefined)).toEqual([]);
    expect(needsWords(party.party.people[3]!.needs)).toEqual([
      'Medicine: Инсулин',
      'medicine for 5 days',
      'Wheelchair',
    ]);
    expect(personWords({ ...one, group: 'Bus 1', needs: { infant: true } })).toBe('Ерлан, Bus 1, Infant');
  });
});

describe('the list', () => {
  it('takes who is new at its end, and puts right who is there in their place', () => {
    expect(numbers(withPerson(party, one).party.people)).toEqual([1, 2, 3, 4, 5, 6, 7, 0]);
    const renamed = withPerson(party, { ...party.party.people[2]!, name: 'Нұрсұлтан' });
    expect(renamed.party.people[2]?.name).toBe('Нұрсұлтан');
    expect(numbers(renamed.party.people)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(numbers(withoutPerson(party, 3).party.people)).toEqual([1, 2, 4, 5, 6, 7]);
    expect(renamed.unread).toHaveLength(2);
  });

  it('takes as many as it has room for, keeps what cannot go in, and is as it was when that is taken back', () => {
    const many = Array.from({ length: 500 }, (_, index): Person => ({ ...one, name: `${index}` }));
    const taken = withList(party, many, [], party.faulty);
    expect([taken.party.people.length, taken.unread.length]).toEqual([500, 2 + 2]);
    const now = { ...party, party: taken.party, faulty: [...party.faulty, ...party.faulty] };
    const back = asBeforeList(now, party);
    expect([numbers(back.party.people), back.unread.length]).toEqual([[1, 2, 3, 4, 5, 6, 7], 2]);
  });

  it('has who is brought again as they are now, and waits twice for no row', () => {
    const moved = { ...party.party.people[2]!, group: 'Автобус 3' };
    const taken = withList(party, [one], [moved], notWaiting(party, party.faulty));
    expect(numbers(taken.party.people)).toEqual([1, 2, 3, 4, 5, 6, 7, 0]);
    expect([taken.party.people[2]?.group, taken.unread.length]).toEqual(['Автобус 3', 2]);
    expect(notWaiting({ ...party, faulty: [] }, party.faulty)).toEqual(party.faulty);
    expect(tookWords({ count: 0, changed: 3 })).toBe('Details updated: 3');
    expect(tookWords({ count: 1, changed: 3 })).toBe('Put on the list: 1 · Details updated: 3');
  });

  it('lets go of a row that was put right or left out, and of no other', () => {
    const mended = withoutRow(party, 0, one);
    expect([mended.party.people.length, mended.unread.map(({ row }) => row)]).toEqual([8, [31]]);
    expect(withoutRow(party, 1, null).unread.map(({ row }) => row)).toEqual([17]);
    expect(withoutRows(party).unread).toEqual([]);
    const emptied = { ...party, faulty: [] };
    expect(withRows(emptied, party.faulty).unread.map(({ text }) => text)).toEqual(
      party.faulty.map(({ text }) => text),
    );
    expect(withRows(emptied, party.faulty).unread.map(({ row }) => row)).toEqual([17, 31]);
  });

  it('is of as many adults as are not its children, and of one at least', () => {
    const counted = (count: number, children: number) => {
      const { adults, children: young } = ofSoMany({ ...draft, adults: 9, children }, count);
      return [adults, young];
    };
    expect([counted(44, 4), counted(44, 0), counted(3, 5)]).toEqual([
      [40, 4],
      [44, 0],
      [1, 2],
    ]);
  });

  it('gives back somebody as they were, and names the field at fault', () => {
    const person = party.party.people[3]!;
    expect(toPerson(fieldsOf(person), 4)).toMatchObject({ number: 4, name: person.name, group: 'Автобус 1' });
    expect(faultsOf('/people/12/needs/medicine', 'text_too_long')).toEqual({ '/needs/medicine': 'text_too_long' });
    expect(faultsOf('/phone', 'phone_invalid')).toEqual({ '/phone': 'phone_invalid' });
    expect(faultsOf(null, 'not_found')).toEqual({ '': 'not_found' });
  });

  it('has its buses by number, and whoever is in none last', () => {
    const buses = ['', 'Автобус 10', 'Автобус 2', 'Вагон 2', 'Серік'];
    expect(buses.sort(inOrder)).toEqual(['Серік', 'Автобус 2', 'Вагон 2', 'Автобус 10', '']);
  });

  it('stands by bus, in the order in which buses are first named', () => {
    const by = byGroup(party.party.people, ({ group }) => group ?? '');
    expect(by.map(([name, of]) => [name, of.length])).toEqual([
      ['Автобус 1', 4],
      ['Автобус 2', 3],
    ]);
  });
});

describe('the roll', () => {
  it('says how many are how, and when each was seen and by whom', () => {
    expect(countWords(party.counted)).toBe('Safe: 3 · Need help: 1');
    expect(seenWords(party.roll[0]!)).toBe('last seen: 13:10, 2-автобус басшысы');
    expect(seenWords(party.roll[1]!)).toBe('');
    expect(seenWords(party.roll[2]!)).toBe('last seen: 13:10, said so in person');
  });
});

describe('the missing', () => {
  const said = (numbers: number[]) =>
    ({ numbers, at: '2026-03-01T10:17:00Z', delivery: { state: 'waiting' } }) as const;

  it('are said with their bus, their phone, and when they were seen last by the clock of home', () => {
    const [first, marat, nursultan] = missingText(party).split('\n');
    expect(first).toBe('Not seen at the roll call: 3');
    expect(marat).toMatch(/^Марат Серікұлы, Автобус 1, \+442079460123, last seen: .*14:10 \(Astana\)$/);
    expect(nursultan).toBe('Нұрсұлтан Әбдіғаппарұлы Мұхаметжанов, Автобус 1');
  });

  it('are said once, and anew where others are missing', () => {
    expect(lacksName(party)).toBe(true);
    expect(lacksName({ ...party, counted: [] })).toBe(false);
    expect(lacksName({ ...party, said_missing: said([2, 3, 5]) })).toBe(false);
    expect(lacksName({ ...party, said_missing: said([2, 3]) })).toBe(true);
    expect(lacksName({ ...party, missing: [], said_missing: said([2]) })).toBe(false);
  });

  it('who were found are said with the count, and who is missing still; half a roll says of nobody that they are', () => {
    expect(foundText(party), 'nobody was said to be missing').toBe('');
    expect(foundText({ ...party, said_missing: said([2, 3]) }), 'nobody was found').toBe('');
    const since = { ...party, missing: [3, 5], said_missing: said([2, 3]) };
    expect(foundText(since).split('\n')).toEqual([
      'Not seen at the roll call: 1',
      'Нұрсұлтан Әбдіғаппарұлы Мұхаметжанов, Автобус 1',
      'Found since: Марат Серікұлы',
    ]);
    const all = 'Everybody who was not seen has been found.\nFound since: Марат Серікұлы';
    expect(foundText({ ...since, missing: [5], said_missing: said([2]) })).toBe(all);
    const left = { ...since, missing: [], said_missing: said([2, 9]) };
    expect(foundText(left), 'whoever was taken off the list was not found').toBe('Found since: Марат Серікұлы');
  });

  it('are on the button that tells: who was found, of whom it is told, and of whom nothing is', () => {
    const tells = (missing: number[], of: number[]) =>
      tellWords({ ...party, travel: 4 + missing.length, missing, said_missing: said(of) }).replace(
        'Tell: Safe: 3 · Need help: 1',
        '',
      );
    expect(tells([], [])).toBe('');
    expect(tells([3], [])).toBe(' · not seen yet: 1 (not told)');
    expect(tells([3], [3])).toBe(' · not seen yet: 1 (already told)');
    expect(tells([3, 5], [3])).toBe(' · not seen yet: 2 (told of 1)');
    expect(tells([3], [2, 3])).toBe(' · found: Марат Серікұлы · not seen yet: 1 (already told)');
    expect(tells([], [2, 3, 5])).toBe(' · found: 3');
  });

  it('fall by one with each who is seen, from the first, and who is on no list is among them', () => {
    const marked = { ...group, counted: [{ status: 'safe', count: 1 } as const], missing: group.missing.slice(1) };
    expect([leftOf(group), leftOf(marked), leftOf(reported)]).toEqual([46, 45, 2]);
    expect(tellWords(marked)).toBe('Tell: Safe: 1 · not seen yet: 45 (not told)');
  });

  it('are told once: whoever is another, or found, or not sent is to be told', () => {
    expect(isTold(party)).toBe(true);
    expect(isTold(reported)).toBe(false);
    const told = party.told!;
    expect(isTold({ ...party, told: { ...told, help: [1] } }), 'another is in need').toBe(false);
    expect(isTold({ ...party, said_missing: said([1]) }), 'one was found').toBe(false);
    expect(isTold({ ...party, told: { ...told, delivery: { state: 'parked', code: 'field_invalid' } } })).toBe(false);
    expect(isTold({ ...party, told: null })).toBe(false);
    expect(isTold({ ...party, over: { count: 1, numbers: [1] } }), 'a need would be over').toBe(false);
  });

  it('were all found until a new roll begins or somebody is not seen', () => {
    const found = { ...party, travel: 4, missing: [], said_missing: said([]) };
    expect(standsSaid(found)).toEqual(said([]));
    expect(standsSaid({ ...found, missing: [2] })).toBeNull();
    expect(standsSaid({ ...found, travel: 5 })).toBeNull();
    expect(standsSaid({ ...found, roll_begun_at: '2026-03-01T18:00:00Z' })).toBeNull();
    expect(standsSaid({ ...party, said_missing: said([2]) })?.numbers).toEqual([2]);
  });

  it('stand beside the count on other screens, and whether the ministry has just that', () => {
    expect(briefWords(party)).toBe('Safe: 3 · Need help: 1 · not seen yet: 5 · kept: 14:16, not with the ministry yet');
    const begun = { ...group, roll_begun_at: '2026-03-01T18:00:00Z' };
    expect(briefWords(begun)).toBe('Roll call began: 22:00 · not seen yet: 46');
    expect(briefWords({ ...party, told: null })).toMatch(/ · the ministry is not told yet$/);
    expect(briefWords(reported)).toMatch(/^Safe: 43 · .* · told: 14:16 · changed since, tell again$/);
  });

  it('are as many as a message has room for, and the others a number', () => {
    const people = Array.from({ length: 500 }, (_, at): Person => ({
      number: at + 1,
      name: `Нұрсұлтан Әбдіғаппарұлы ${at}`,
    }));
    const missing = people.map(({ number }) => number);
    const text = missingText({ ...party, party: { ...party.party, people }, missing });
    expect([...text].length).toBeLessThanOrEqual(2000);
    const lines = text.split('\n');
    expect(lines.at(-1)).toBe(`… +${500 - (lines.length - 2)}`);
  });
});

it('a lost card has a name that is read there: as it was written, else by its letters, which is said', () => {
  expect(nameToShow({ name: 'Айгүл Асқарова', latin: 'Aygul Askarova' })).toEqual({
    shown: 'Aygul Askarova',
    guessed: false,
  });
  expect(nameToShow({ name: 'Айгүл Асқарова' })).toEqual({ shown: 'Aigul Askarova', guessed: true });
  expect(nameToShow({ name: 'Aigul' })).toEqual({ shown: 'Aigul', guessed: false });
});

it('a lost card says the same in every language, in its letters, and a fact follows each colon', () => {
  for (const [lang, { lost, leader, hotel, mission }] of Object.entries(lostWords)) {
    expect([lost, leader, hotel, mission].map((said) => /[:：]$/.test(said))).toEqual([false, true, true, true]);
    const letters = {
      ar: /\p{Script=Arabic}/u,
      zh: /\p{Script=Han}/u,
      kk: /\p{Script=Cyrillic}/u,
      ru: /\p{Script=Cyrillic}/u,
    };
    expect(lost).toMatch(letters[lang as keyof typeof letters] ?? /\p{Script=Latin}/u);
  }
});
