import { expect, it } from 'vitest';
import { textIn } from '../src/lib/words/language-of';

const texts = (...langs: string[]) => langs.map((lang) => ({ lang }));

it('takes the traveller’s own language first', () => {
  expect(textIn(texts('en', 'ru', 'kk'), 'ru')?.lang).toBe('ru');
});

it('falls back to Kazakh, then Russian, then English', () => {
  expect(textIn(texts('en', 'ru', 'kk'), 'en')?.lang).toBe('en');
  expect(textIn(texts('fr', 'ru', 'kk-Cyrl'), 'en')?.lang).toBe('kk-Cyrl');
  expect(textIn(texts('fr', 'en-GB', 'ru-KZ'), 'kk')?.lang).toBe('ru-KZ');
  expect(textIn(texts('fr', 'en-GB'), 'kk')?.lang).toBe('en-GB');
});

it('takes whatever there is before nothing', () => {
  expect(textIn(texts('fr', 'de'), 'kk')?.lang).toBe('fr');
  expect(textIn(texts(), 'kk')).toBeUndefined();
});
