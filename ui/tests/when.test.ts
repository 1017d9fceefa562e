import { beforeEach, expect, it } from 'vitest';
import { app } from '../src/lib/state.svelte';
import { dayHere, localDay, writtenTime } from '../src/lib/words/when';
import { views } from './sample/views';

// four hours ahead of UTC: the day begins there while it is still yesterday in UTC
const MIDNIGHT = '2026-03-04T20:00:00Z';

beforeEach(() => (app.view = { ...views.crisis, lang: 'en' }));

it('says the day of a moment by the clock there, and not by that of UTC', () => {
  expect(dayHere(MIDNIGHT)).toBe('5 March');
  expect(localDay(MIDNIGHT, views.crisis.here!.time_zone)).toBe('5 March');
});

it('adds no hour to what is only a day', () => {
  expect(writtenTime('2026-12-01')).toBe('1 December');
  expect(writtenTime('2026-12-01T16:10')).toBe('1 December, 16:10');
});
