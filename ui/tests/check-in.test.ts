import { expect, it } from 'vitest';
import type { CheckInStatus, View } from '../src/lib/api';
import { behindThePin, offers, requestWords, standing, toAsk } from '../src/lib/check-in';
import { app } from '../src/lib/state.svelte';
import { countOf, whomWords } from '../src/lib/whom';
import { saidWords, toldWords } from '../src/lib/words/codes';
import { tellWords } from '../src/screens/party/words';
import { caseViews } from './sample/cases';
import { views } from './sample/views';

const word = (status: CheckInStatus) => ({ ...views.safe.check_in!, status, at: '2026-03-01T10:15:00Z' });
const cry = (count: number) => ({ ...word('need_help'), by_status: [{ status: 'need_help' as const, count }] });
const BEFORE = '2026-03-01T10:00:00Z';
const LATER = '2026-03-01T10:20:00Z';

it('keeps a request for help open whatever is asked after it', () => {
  for (const status of ['need_help', 'stranded', '(other)'] as const)
    for (const since of ['', BEFORE, LATER])
      expect(standing(word(status), since)).toEqual({ answered: true, asks: true });
});

it('says that the ministry was asked once it has that, and that it waits before', () => {
  english();
  const said = (more: Partial<NonNullable<View['check_in']>>) =>
    requestWords({ ...word('need_help'), told_more: true, received_at: null, delivery: { state: 'waiting' }, ...more });
  expect(said({})).toBe('Your request for help waits to be sent.');
  expect(said({ received_at: BEFORE }), 'what was added waits').toBe('You asked the ministry for help.');
  expect(said({ status: 'stranded' })).toMatch(/waits to be sent/);
  expect(said({ delivery: { state: 'parked', code: 'gone' } }), 'refused: it is said as such').toBe('');
  expect(said({ told_more: false })).toBe('');
});

it('asks again whoever was well before', () => {
  expect(standing(word('safe'), BEFORE)).toEqual({ answered: true, asks: false });
  expect(standing(word('safe'), LATER)).toEqual({ answered: false, asks: false });
  expect(standing(null, '')).toEqual({ answered: false, asks: false });
});

const row = (number: number, status: CheckInStatus | null, own = false) => ({ number, status, own, seen: null });
const people = ['Aigul', 'Marat', 'Dana', 'Erlan', 'Saule'].map((name, at) => ({ number: at + 1, name }));
const list = { leader: '', people, last: 5, apart: [], leads: null };
/** Of 45: one is in need, three were not seen. */
const called = {
  party: list,
  roll: [row(1, 'need_help'), ...[2, 3, 4].map((number) => row(number, null))],
  counted: [
    { status: 'safe' as const, count: 40 },
    { status: 'need_help' as const, count: 1 },
  ],
  travel: 44,
  unseen: 3,
  missing: [2, 3, 4],
  over: null,
  said_missing: null,
};
type Answering = Pick<View, 'check_in' | 'my_case' | 'party' | 'lock'>;
const of = (party: number, check_in: View['check_in'] = null, more: Partial<Answering> = {}): Answering => ({
  check_in,
  my_case: null,
  party,
  lock: views.safe.lock,
  ...more,
});
/** The marks that keep the direction of a name are not looked at. */
const bare = (words: string) => words.replaceAll(/[\u2068\u2069]/gu, '');
const english = () => (app.view = { ...views.crisis, lang: 'en' });

it('asks before it speaks of who was not seen, or takes a need back', () => {
  english();
  const asked = toAsk('safe', of(45), called);
  expect(asked).toMatchObject({ status: 'safe', need: true, own: '', unseen: '3 people', stay: 0, of: 42 });
  expect(asked!.unseenTold).toBe(false);
  const said_missing = { numbers: [2, 3, 4], at: LATER, delivery: { state: 'waiting' as const } };
  expect(toAsk('safe', of(45), { ...called, said_missing })!.unseenTold, 'their names are told').toBe(true);
  const seen = { ...called, roll: [row(1, 'safe')], over: { count: 1, numbers: [1] } };
  expect(bare(toAsk('safe', of(45, cry(1)), seen)!.whose), 'seen since, and by name').toBe('Aigul');
  const own = toAsk('safe', of(45), { ...called, roll: [row(1, 'need_help', true)] });
  expect(own).toMatchObject({ need: false, of: 41 });
  expect(bare(own!.own), 'theirs alone ends by no word of another').toBe('Aigul');
  const well = { ...called, counted: [{ status: 'safe' as const, count: 41 }], roll: [], missing: [2], unseen: 1 };
  const one = toAsk('left', of(45, word('safe')), well);
  expect(one).toMatchObject({ status: 'left', need: false, of: 44 });
  expect(bare(one!.unseen)).toBe('Marat');
  expect(toAsk('safe', of(1, cry(1)), null)).toMatchObject({ need: true, whose: '', unseen: '', of: 1 });
});

it('names whose need would end: one, two, and of more how many', () => {
  english();
  const page = (numbers: number[]) => ({ ...called, roll: numbers.map((number) => row(number, 'need_help')) });
  const whose = (numbers: number[], count: number) => bare(toAsk('safe', of(45, cry(count)), page(numbers))!.whose);
  expect(whose([1], 1)).toBe('Aigul');
  expect(whose([1, 2], 2)).toBe('Aigul and Marat');
  expect(whose([1, 2, 3], 3)).toBe('3 people');
  expect(whose([1], 3), 'not all of them are known').toBe('3 people');
  expect(bare(toAsk('safe', of(2, cry(2)), page([1, 2]))!.whose), 'all, by name').toBe('Aigul and Marat');
  expect(toAsk('safe', of(2, cry(2)), page([]))!.whose, 'all, by no name').toBe('');
});

it('says behind the PIN of how many a word would be, and of how many it would not', () => {
  const locked = { lock: { ...views.safe.lock, locked: true } };
  const counted = [{ status: 'safe' as const, count: 41 }];
  expect(toAsk('safe', of(45, null, locked), behindThePin(counted, 45))).toMatchObject({
    need: false,
    of: 41,
    all: 45,
  });
  expect(toAsk('safe', of(45, null, locked), behindThePin([{ status: 'safe', count: 45 }], 45))).toBeNull();
  const one = [...counted, { status: 'need_help' as const, count: 1 }];
  const asked = toAsk('safe', of(45, { ...cry(1), stay_in_need: 1 }, locked), behindThePin(one, 45));
  expect(asked).toMatchObject({ stay: 1, of: 41, unseen: '3 people' });
});

it('asks whoever cried by a call whether that is over', () => {
  const mine = { ...caseViews['case_cried_en']!.my_case! };
  expect(toAsk('safe', of(1, null, { my_case: mine }), null)).toMatchObject({ need: true, of: 1 });
  expect(toAsk('safe', of(1, null, { my_case: { ...mine, delivery: null } }), null)).toBeNull();
});

it('asks nothing of who cries, of a roll that nobody was seen at, and of one where everybody was', () => {
  expect(toAsk('need_help', of(45), called)).toBeNull();
  const bareRoll = { party: list, roll: [], counted: [], missing: [], unseen: 0, over: null, said_missing: null };
  expect(toAsk('safe', of(45), bareRoll)).toBeNull();
  expect(toAsk('safe', of(45), { ...bareRoll, counted: [{ status: 'safe', count: 45 }] })).toBeNull();
});

it('says of whom a word is', () => {
  app.view = { ...views.crisis, lang: 'en' };
  const people = [
    { number: 1, name: 'Aigul' },
    { number: 2, name: 'Marat' },
  ];
  const named = { who: 'named' as const, numbers: [2], others_safe: true };
  expect(whomWords(named, people, 45)).toContain('Marat');
  expect(whomWords(named, [], 45)).toBe('1 person');
  expect([whomWords({ who: 'all' }, people, 1), whomWords({ who: 'me' }, people, 1)]).toEqual(['', '']);
  expect(whomWords({ who: 'all' }, people, 45)).toBe('45 people');
  expect(whomWords({ who: 'me' }, people, 45)).toBe('Only me');
  expect([countOf({ who: 'all' }, 45), countOf(named, 45), countOf({ who: 'me' }, 45)]).toEqual([45, 1, 1]);
  expect(saidWords([{ status: 'need_help', count: 1 }], 45)).toBe('Need help: 1 of 45');
  expect(saidWords([{ status: 'need_help', count: 1 }], 1)).toBe('I need help');
  expect(tellWords(called)).toBe('Tell: Safe: 40 · Need help: 1 · not seen yet: 3 (not told)');
  expect(tellWords({ ...called, counted: [] })).toBe('Tell the ministry');
});

it('says that all are safe of those alone who were counted', () => {
  app.view = { ...views.crisis, lang: 'en' };
  const safe = (count: number) => [{ status: 'safe' as const, count }];
  expect(saidWords(safe(46), 46)).toBe('We are safe');
  expect(saidWords(safe(43), 46)).toBe('Safe: 43 of 46 · not seen yet: 3');
  expect(saidWords([...safe(43), { status: 'need_help', count: 1 }], 46)).toBe(
    'Safe: 43, Need help: 1 of 46 · not seen yet: 2',
  );
  expect(saidWords(safe(43), null)).toBe('Safe: 43');
});

it('speaks as one of one, and as us of all of them', () => {
  app.view = { ...views.crisis, lang: 'en' };
  const said = (status: CheckInStatus, count: number) => saidWords([{ status, count }], count);
  expect(['safe', 'left', 'stranded', 'need_help'].map((status) => said(status as CheckInStatus, 1))).toEqual([
    'I am safe',
    'I have left this place',
    'I cannot leave',
    'I need help',
  ]);
  expect(['safe', 'left', 'stranded', 'need_help'].map((status) => said(status as CheckInStatus, 4))).toEqual([
    'We are safe',
    'We have left this place',
    'We cannot leave',
    'Help is needed',
  ]);
});

it('asks nothing behind the PIN that cannot be done there', () => {
  english();
  const said = { ...cry(1), stay_in_need: 1 };
  const locked = { lock: { ...views.safe.lock, locked: true } };
  const asked = toAsk('safe', of(46, said, locked), null);
  expect(asked, 'the need of whoever was named stays').toMatchObject({ need: false, whose: '', stay: 1, of: 45 });
  const whole = { ...cry(46), stay_in_need: 0 };
  expect(toAsk('safe', of(46, whole, locked), null), 'their own ends').toMatchObject({ need: true, stay: 0, of: 46 });
  expect(toAsk('safe', of(46, said), null)).toMatchObject({ need: true, stay: 0, of: 46 });
});

it('leaves what was pressed where it was', () => {
  const calm = { whole: false, ofOthers: false, stuck: false, asks: false };
  const places = (of: typeof calm) => [offers({ ...of, asks: false }), offers({ ...of, asks: true })];
  for (const of of [calm, { ...calm, stuck: true }, { ...calm, whole: true }, { ...calm, ofOthers: true }]) {
    const [before = [], after = []] = places(of);
    expect(after.slice(0, before.length)).toEqual(before);
  }
  expect(places({ ...calm, stuck: true })[1]).toContain('safe');
  expect(places(calm)[1]).toEqual(['safe', 'need_help', 'left']);
});

it('says what the ministry will be told', () => {
  english();
  expect([toldWords('left', 3, 3), toldWords('safe', 42, 45)]).toEqual(['We have left this place', 'Safe: 42']);
});
