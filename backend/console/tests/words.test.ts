import { describe, expect, it } from 'vitest';

import { faults, glued, keysOf, sources, unused, type Messages } from '../../../ui/tests/messages';
import en from '../messages/en.json';
import kk from '../messages/kk.json';
import ru from '../messages/ru.json';

const all: Messages = { kk, ru, en };
const keys = keysOf(all['en']);

// Names that no language says its own way.
const SAME_EVERYWHERE = ['role_gold', 'role_silver', 'role_bronze', 'way_sms'];

describe('the words of the console', () => {
  it.each(['kk', 'ru'])('%s has the same keys as English', (lang) => {
    expect(keysOf(all[lang]).sort()).toEqual([...keys].sort());
  });

  it.each(keys)('%s is said in all languages, with the same placeholders', (key) => {
    for (const lang of ['kk', 'ru', 'en']) expect(faults(all, lang, key, SAME_EVERYWHERE), lang).toEqual([]);
  });

  it.each(['kk', 'ru'])('%s glues no case ending to a placeholder', (lang) => {
    expect(glued(all[lang])).toEqual([]);
  });

  it('every message is used', () => {
    expect(unused(keys, sources(new URL('../src/', import.meta.url)).join('\n'))).toEqual([]);
  });
});
