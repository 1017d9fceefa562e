import { expect, it } from 'vitest';
import type { CheckInStatus } from '../src/lib/api';
import { standing, toAsk } from '../src/lib/check-in';
import { app } from '../src/lib/state.svelte';
import { countOf, whomWords } from '../src/lib/whom';
import { saidWords } from '../src/lib/words/codes';
import { tellWords } from '../src/screens/party/words';
import { views } from './sample/views';

const word = (status: CheckInStatus) => ({ ...views.safe.check_in!, status, at: '2026-03-01T10:15:00Z' });
const BEFORE = '2026-03-01T10:00:00Z';
const LATER = '2026-03-01T10:20:00Z';

it('keeps a request for help open whatever is asked after it', () => {
  for (const status of ['need_help', 'stranded', '(other)'] as const)
    for (const since of ['', BEFORE, LATER])
      expect(standing(word(status), since)).toEqual({ answered: true, asks: true });
});

it('asks again whoever was well before', () => {
  expect(standing(word('safe'), BEFORE)).toEqual({ answered: true, asks: false });
  expect(standing(word('safe'), LATER)).toEqual({ answered: false, asks: false });
  expect(standing(null, '')).toEqual({ answered: false, asks: false });
});

const row = (number: number, status: CheckInStatus | null, own = false) => ({ number, status, own, seen: null });
/** Of 45: one is in need, three were not seen. */
const called = {
  roll: [row(1, 'need_help'), ...[2, 3, 4].map((number) => row(number, null))],
  counted: [
    { status: 'safe' as const, count: 40 },
    { status: 'need_help' as const, count: 1 },
  ],
  unseen: 3,
  missing: [2, 3, 5],
};

it('asks before it speaks of who was not seen, or takes a need back', () => {
  const asked = { status: 'safe', need: true, own: 0, unseen: 3, stay: 0, of: 42 };
  expect(toAsk('safe', null, called, 45)).toEqual(asked);
  const own = { ...called, roll: [row(1, 'need_help', true)] };
  expect(toAsk('safe', null, own, 45)).toEqual({ ...asked, own: 1, of: 41 });
  const well = { ...called, counted: [{ status: 'safe' as const, count: 41 }] };
  expect(toAsk('left', word('safe'), well, 45)).toEqual({ ...asked, status: 'left', need: false, of: 42 });
  expect(toAsk('safe', word('need_help'), null, 1)).toEqual({ ...asked, unseen: 0, of: 1 });
});

it('asks nothing of who cries, of a roll that nobody was seen at, and of one where everybody was', () => {
  expect(toAsk('need_help', null, called, 45)).toBeNull();
  expect(toAsk('safe', null, { roll: [], counted: [], unseen: 0 }, 45)).toBeNull();
  expect(toAsk('safe', null, { ...called, counted: [{ status: 'safe', count: 45 }], unseen: 0 }, 45)).toBeNull();
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
  expect(tellWords(called)).toBe('Tell the ministry: Here: 40 · Need help: 1 · not seen yet: 3 (not told)');
  expect(tellWords({ counted: [], unseen: 0 })).toBe('Tell the ministry');
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

it('says behind the PIN whose need it does not take back', () => {
  const said = { ...word('need_help'), stay_in_need: 1 };
  expect(toAsk('safe', said, null, 46, true)).toMatchObject({ need: true, stay: 1, of: 45 });
  expect(toAsk('safe', said, null, 46, false)).toMatchObject({ stay: 0, of: 46 });
});
