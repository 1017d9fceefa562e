import { beforeEach, expect, it } from 'vitest';
import { app } from '../src/lib/state.svelte';
import { calmTitle } from '../src/lib/words/calm';
import { hereWords } from '../src/lib/words/here';
import { caseViews } from './sample/cases';
import { trip } from './sample/trips';
import { views } from './sample/views';

const calm = { ...views.calm, level: null };
const level = (of: number) => ({ ...calm, level: { ...views.crisis.level!, level: of } });
const here = calm.here!;
const home = { ...calm, here: { ...here, source: 'home' as const }, trips: [] };

beforeEach(() => (app.view = { ...views.calm, lang: 'en' }));

it('says of the place that it is calm, by its level or without one', () => {
  expect(calmTitle(calm)).toBe('Dubai: all is calm');
  expect(calmTitle(level(1))).toBe('Dubai: all is calm');
});

it('calls nothing calm where it is not, to somebody who waits for help, or by an old list', () => {
  expect(calmTitle(level(2))).toBe('Dubai: no warnings');
  expect(calmTitle({ ...calm, my_case: Object.values(caseViews)[0]!.my_case })).toBe('Dubai: no warnings');
  expect(calmTitle({ ...calm, contact: { ...calm.contact, may_be_stale: true } })).toBe('Dubai: no warnings');
});

it('says of a warning that ran out unheard that nobody knows', () => {
  const [warning] = views.crisis.advisories;
  const ranOut = { ...warning!, group: 'unheard' as const, state: 'expired' as const, is_over: true };
  const over = (concerns: 'here' | 'others') => calmTitle({ ...calm, advisories: [{ ...ranOut, concerns }] });
  expect([over('here'), over('others')]).toEqual(['Dubai: no fresh word', 'Dubai: all is calm']);
});

it('says at home that no trip is entered only where none is', () => {
  expect(calmTitle(home)).toBe('No trip entered');
  expect(calmTitle({ ...home, trips: [{ ...trip, phase: 'past' }] })).toBe('No trip entered');
  app.view = { ...app.view!, trips: [] };
  expect(hereWords(home.here)).toBe('no trip entered');
  const entered = { ...home, trips: [{ ...trip, phase: 'coming' as const }] };
  app.view = { ...app.view, trips: entered.trips };
  expect(calmTitle(entered)).toBe('Dubai: all is calm');
  expect(hereWords(home.here)).toBe('home');
});
