import { beforeEach, expect, it } from 'vitest';
import type { Details, Need } from '../src/lib/api';
import { asksForHelp, isNothing } from '../src/lib/say-more';
import { app } from '../src/lib/state.svelte';
import { isOfEach, kindsWords, ownWords, toldWords } from '../src/lib/words/needs-said';
import { views } from './sample/views';

beforeEach(() => (app.view = { ...views.calm, lang: 'en' }));

it('asks for help by a word of whoever cannot leave, and not by that alone', () => {
  expect(asksForHelp('stranded', ['stranded'], ' ')).toBe(false);
  expect(asksForHelp('stranded', ['stranded'], 'Insulin is running out')).toBe(true);
  expect(asksForHelp('stranded', ['medical'], '')).toBe(true);
  expect(asksForHelp('need_help', [], '')).toBe(true);
});

it('tells nothing from something', () => {
  const contact = { may_write: null, may_call: null, when: '' };
  const whom = { who: 'all' as const };
  const none: Details = {
    needs: [],
    medicine_days: null,
    intent: null,
    words: '\n',
    place: '',
    write_only: false,
    contact,
    whom,
    told: '',
    of_each: [],
  };
  expect(isNothing(none, false)).toBe(true);
  expect(isNothing({ ...none, write_only: true }, true), 'the switch says it without this').toBe(true);
  const some: Partial<Details>[] = [
    { needs: ['money'] },
    { words: 'a' },
    { place: 'Gate 5' },
    { intent: 'stays' },
    { write_only: true },
    { contact: { ...contact, may_call: false } },
  ];
  for (const one of some) expect(isNothing({ ...none, ...one }, false)).toBe(false);
});

it('says in one line what was asked for, and nothing of what may harm', () => {
  const needs: Need[] = ['medical', 'violence', 'documents'];
  expect(kindsWords({ needs, medicine_days: 1, words: '' })).toBe('medicine for 1 day, no documents');
  expect(kindsWords({ needs: ['medical'], medicine_days: 0, words: '' })).toBe('no medicine left');
  expect(kindsWords({ needs: ['injured', '(other)'], medicine_days: null, words: ' ' })).toBe(
    'somebody is hurt, food, water or something else',
  );
  expect(kindsWords({ needs: ['(other)'], medicine_days: null, words: 'Water' }), 'the words tell').toBe('');
});

it('quotes their own words, no longer than a glance, and none that may harm', () => {
  const asked = (words: string, needs: Need[] = []) => bare(ownWords({ needs, medicine_days: null, words }));
  expect(asked(' Insulin\n is running out ')).toBe('“Insulin is running out”');
  expect(asked(' ')).toBe('');
  for (const quiet of ['violence', 'detained', 'child_alone'] as const) expect(asked('He is here', [quiet])).toBe('');
  const long = asked('ten words '.repeat(40));
  expect(long.length).toBeLessThan(125);
  expect(long).toMatch(/^“ten words .* words…”$/u);
});

const bare = (words: string) => words.replaceAll(/[\u2068\u2069]/gu, '');

it('of several, each has a line of their own where what they need is another thing', () => {
  const whom = { who: 'named' as const, numbers: [1, 2], others_safe: false };
  const one = { number: 1, needs: ['medical' as const], medicine_days: 2, words: 'insulin' };
  expect(toldWords(one)).toBe('medicine for 2 days. insulin');
  expect(isOfEach({ whom, of_each: [one] }), 'of the other nothing is said yet').toBe(true);
  expect(isOfEach({ whom, of_each: [one, { ...one, number: 2 }] }), 'the same is asked for both').toBe(false);
  expect(isOfEach({ whom, of_each: [one, { ...one, number: 2, words: '' }] })).toBe(true);
  expect(isOfEach({ whom, of_each: [] })).toBe(false);
  expect(isOfEach({ whom: { ...whom, numbers: [1] }, of_each: [one] })).toBe(false);
});
