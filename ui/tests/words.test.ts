import { describe, expect, it } from 'vitest';

import en from '../messages/en.json';
import kk from '../messages/kk.json';
import ru from '../messages/ru.json';
import { faults, forms, glued, keysOf, sources, unused, type Messages } from './messages';

const all: Messages = { kk, ru, en };
const keys = keysOf(all['en']);

// The same in every language: a mark, or nothing but placeholders.
const SAME_EVERYWHERE = ['demo'];

describe('the words', () => {
  it.each(['kk', 'ru'])('%s has the same keys as English', (lang) => {
    expect(keysOf(all[lang]).sort()).toEqual([...keys].sort());
  });

  it.each(keys)('%s is said in all languages, with the same placeholders', (key) => {
    for (const lang of ['kk', 'ru', 'en']) expect(faults(all, lang, key, SAME_EVERYWHERE), lang).toEqual([]);
  });

  it.each(['kk', 'ru'])('%s glues no case ending to a placeholder', (lang) => {
    expect(glued(all[lang])).toEqual([]);
  });

  // a text for somebody near is sent as it is, to a mother and to a son
  it.each(['kk', 'ru'])('%s writes to relatives without saying either "you"', (lang) => {
    const [text] = forms(all[lang]?.['noword_text']);
    expect(text).not.toMatch(
      /(?<!\p{L})(сіз|сен|вы|вас|вам|ты|тебя|тебе)(?!\p{L})|(ңыз|ңіз|сыз|сіз|йте|ите|ешь)(?!\p{L})/iu,
    );
  });

  // the button at the bottom writes for whoever does not hear or speak
  it.each([
    ['kk', /(түйме|батырма)мен қоңырау|тыңдаңыз/iu],
    ['ru', /звон\p{L}+ (красной )?кнопкой|слушайте/iu],
    ['en', /call with the (red )?button|listen for/iu],
  ])('%s tells nobody to call by the button, or to listen', (lang, speaks) => {
    expect(
      Object.values(all[lang] ?? {})
        .flatMap(forms)
        .filter((text) => speaks.test(text)),
    ).toEqual([]);
  });

  it('every message is used', () => {
    expect(unused(keys, sources(new URL('../src/', import.meta.url)).join('\n'))).toEqual([]);
  });
});
