import { expect, it } from 'vitest';
import { app } from '../src/lib/state.svelte';
import { spanWords } from '../src/lib/words/span';
import { views } from './sample/views';

it('says years and months as people do, and days where they make neither', () => {
  app.view = { ...views.crisis, lang: 'ru' };
  expect([1095, 1825, 365, 90, 30, 45, 0].map(spanWords)).toEqual([
    '3 года',
    '5 лет',
    '1 год',
    '3 месяца',
    '1 месяц',
    '45 дней',
    '0 дней',
  ]);
});
