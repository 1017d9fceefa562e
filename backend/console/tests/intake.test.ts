import { beforeEach, describe, expect, it } from 'vitest';

import * as read from '../src/api/read';
import type { WireCase } from '../src/api/wire';
import { desk } from '../src/desk.svelte';
import {
  count,
  description,
  empty,
  facts,
  inGroups,
  isEnough,
  placed,
  readBack,
  scriptOf,
  spelled,
  type Form,
} from '../src/intake/form';
import { digitOf, digits } from '../src/keys/keys';
import { isWhole, match, nobody, noWords } from '../src/letters/letter';
import { parse } from '../src/routes';
import { airportIn, codeOf } from '../src/words/countries';
import { caseIn } from './fixtures/case';
import { callIn } from './fixtures/intake';

beforeEach(() => {
  desk.chosen = 'ru';
});

describe('a call', () => {
  it('is read back: the number to call in few digits at a time, and the name of the person', () => {
    expect(readBack(callIn('ru'))).toEqual({ number: '+44 207 946 01 42', name: 'Жүнісов Әділет' });
    const own = { ...empty(), by: 'traveller' as const, number: '8 701 000 00 01', name: 'Айгүл' };
    expect(readBack(own)).toEqual({ number: '8 701 000 00 01', name: 'Айгүл' });
    expect(inGroups('112')).toBe('112');
    expect(inGroups('+77010000001')).toBe('+7 701 000 00 01');
    expect(inGroups('+97433445566')).toBe('+974 334 455 66');
  });

  it('marks the letters that Russian lacks', () => {
    const marked = spelled('Жүнісов').filter(({ kazakh }) => kazakh);
    expect(marked.map(({ letter }) => letter)).toEqual(['Ү', 'І']);
  });

  it('finds the country and the airport among the words of a place', () => {
    const at = (place: string) => placed(place, codeOf, airportIn);
    expect(at('Катар, DOH')).toEqual({ country: 'QA', airport: 'DOH' });
    expect(at('аэропорт DOH')).toEqual({ airport: 'DOH' });
    expect(at('отель у моря')).toEqual({});
    // a country in another language than the officer's, and three letters that are no airport there
    expect(at('Dubai, UAE')).toEqual({ country: 'AE' });
    expect(at('Dubai, United Arab Emirates, DXB')).toEqual({ country: 'AE', airport: 'DXB' });
    expect(at('Түркия, SOS, DOH')).toEqual({ country: 'TR' });
  });

  it('needs a number or a place, and nothing else', () => {
    expect(isEnough(empty())).toBe(false);
    expect(isEnough({ ...empty(), place: 'Доха' })).toBe(true);
    expect(isEnough({ ...empty(), caller_number: '+7 701' })).toBe(true);
  });

  it('says of whom it is: who calls for themselves is nobody’s kin', () => {
    const relative = callIn('ru');
    expect(description(relative)).toMatchObject({ number: '+44 20 7946 0187', kin: '+442079460142' });
    expect(description({ ...relative, by: 'traveller', number: '' })).toMatchObject({
      number: '+442079460142',
      kin: '',
    });
    expect(facts(description(relative))).toBe(3);
    expect(facts(description(empty()))).toBe(0);
  });

  it('promises no call to whoever must not be called', () => {
    const told = (given: Partial<Form>) => scriptOf({ ...empty(), ...given });
    expect(told({ may_call: true, needs: ['medical'] })).toBe('help');
    expect(told({ may_call: false })).toBe('no_call');
    for (const need of ['violence', 'detained', 'child_alone'] as const) {
      expect(told({ may_call: true, needs: ['medical', need] })).toBe('no_call');
    }
    expect(told({ lost_touch: true, may_call: false })).toBe('sought');
  });

  it('is chosen by the digits as they lie on the board', () => {
    const pressed = (code: string, more = {}) =>
      digitOf({ code, key: '', shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, ...more });
    const codes = ['Digit1', 'Digit9', 'Digit0', 'Minus', 'Numpad2', 'KeyA'];
    expect(codes.map((code) => digits.indexOf(pressed(code) ?? ''))).toEqual([0, 8, 9, 10, 1, -1]);
    expect(pressed('Digit1', { ctrlKey: true })).toBeNull();
  });

  it('is of one person at least, and of nobody said is nothing', () => {
    expect(['', '0', '1', '44', '-1', '2.5', 'x'].map((typed) => count(typed, 1))).toEqual([
      null,
      null,
      1,
      44,
      null,
      null,
      null,
    ]);
    expect(count('0', 0)).toBe(0);
  });

  it('has a room of its own', () => {
    expect(parse('#/call')).toEqual({ room: 'call' });
    expect(parse('#/staff')).toEqual({ room: 'staff' });
  });
});

describe('joined cases', () => {
  it('keep each fact under the case that it came with', () => {
    const whole = caseIn('ru');
    const call = { ...callIn('ru'), lost_touch: true, language: 'kk' };
    const other: WireCase = {
      ...caseIn('ru'),
      row: { ...whole.row, number: 4822, joined_to: 4811 },
      people: [],
      trips: [],
      messages: [],
      promises: [],
      line: [{ at: '2026-02-28T23:00:00Z', what: 'taken_down' }],
      call: { ...call, medicine_days: 2 },
    };
    const one = read.caseOf({ ...whole, joined: [other] }, 0);
    expect(one.calls.map(({ number, by }) => [number, by])).toEqual([[4822, 'relative']]);
    const taken = one.lines.filter((line) => line.kind === 'event' && line.event.what === 'taken_down');
    expect(taken.map(({ of }) => of)).toEqual([4822]);
    expect(one.lines.filter(({ of }) => of === null).length).toBe(read.caseOf(whole, 0).lines.length);
    expect(one.lines.map(({ at }) => Date.parse(at))).toEqual(one.lines.map(({ at }) => Date.parse(at)).sort());
    expect(one.joined.map(({ number, joinedTo }) => [number, joinedTo])).toEqual([[4822, 4811]]);
  });
});

describe('a letter to many', () => {
  it('is for somebody who is named, and never for all by a slip', () => {
    expect(match(nobody(), codeOf)).toBeNull();
    expect(match({ ...nobody(), country: 'Катр' }, codeOf)).toBeNull();
    expect(match({ ...nobody(), airport: 'DO' }, codeOf)).toBeNull();
    expect(match({ ...nobody(), country: 'Катар', airport: 'doh', said: 'nothing' }, codeOf)).toEqual({
      country: 'QA',
      airport: 'DOH',
      said: 'nothing',
    });
  });

  it('stands in three languages', () => {
    expect(isWhole({ ...noWords(), kk: 'a', ru: 'b' })).toBe(false);
    expect(isWhole({ kk: 'a', ru: 'b', en: 'c' })).toBe(true);
  });
});
