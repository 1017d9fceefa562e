import { beforeEach, expect, it } from 'vitest';
import type { Details, Need } from '../src/lib/api';
import { asksForHelp, isNothing } from '../src/lib/say-more';
import { app } from '../src/lib/state.svelte';
import { openNeeds } from '../src/lib/words/needs-said';
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
  expect(openNeeds({ needs, medicine_days: 1, party: 3 })).toEqual([
    'Medicine or a doctor is needed',
    'No documents',
    'Days of medicine left: 1',
  ]);
  expect(openNeeds({ needs: ['injured'], medicine_days: null, party: 1 })).toEqual(['I am hurt']);
});
