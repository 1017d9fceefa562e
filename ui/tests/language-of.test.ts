import { expect, it } from 'vitest';
import { bestTag } from '../src/lib/words/language-of';

const texts = (...tags: string[]) => Object.fromEntries(tags.map((tag) => [tag, '']));

it('takes the traveller’s own language first', () => {
  expect(bestTag(texts('en', 'ru', 'kk'), 'ru')).toBe('ru');
  expect(bestTag(texts('en', 'kk', 'kk-Latn'), 'kk-Latn-KZ')).toBe('kk-Latn');
});

it('falls back to the ministry’s languages in its order', () => {
  expect(bestTag(texts('en', 'ru', 'kk'), 'en')).toBe('en');
  expect(bestTag(texts('fr', 'ru', 'kk'), 'en')).toBe('kk');
  expect(bestTag(texts('en', 'ru', 'uz'), 'kk', ['uz', 'ru', 'en'])).toBe('uz');
});

it('takes whatever there is before nothing', () => {
  expect(bestTag(texts('fr', 'de'), 'kk')).toBe('fr');
  expect(bestTag(texts(), 'kk')).toBeUndefined();
});
