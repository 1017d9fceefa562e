import { expect, it } from 'vitest';
import { app } from '../src/lib/state.svelte';
import { spanWords, stayWords } from '../src/lib/words/span';
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

it('says a stay by its nights, and a long one by its months or years', () => {
  app.view = { ...views.crisis, lang: 'ru' };
  expect([1, 14, 60, 90, 300, 365, 1095].map(stayWords)).toEqual([
    '1 ночь',
    '14 ночей',
    '60 ночей',
    '3 месяца',
    '10 месяцев',
    '1 год',
    '3 года',
  ]);
});
