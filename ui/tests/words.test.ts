import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

import en from '../messages/en.json';
import kk from '../messages/kk.json';
import ru from '../messages/ru.json';

type Message = string | { match: Record<string, string> }[];
const all: Record<string, Record<string, Message>> = { kk, ru, en };
const keys = Object.keys(en).filter((key) => key !== '$schema');

const forms = (message: Message | undefined): string[] =>
  typeof message === 'string' ? [message] : (message ?? []).flatMap(({ match }) => Object.values(match));
const holes = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '').sort();

// The same in every language: a mark, or nothing but placeholders.
const SAME_EVERYWHERE = ['demo'];

const sources = (folder: URL): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const at = new URL(entry.isDirectory() ? `${entry.name}/` : entry.name, folder);
    if (entry.isDirectory()) return entry.name === 'generated' ? [] : sources(at);
    return /\.(svelte|ts)$/.test(entry.name) ? [readFileSync(at, 'utf8')] : [];
  });

describe('the words', () => {
  it.each(['kk', 'ru'])('%s has the same keys as English', (lang) => {
    expect(
      Object.keys(all[lang] ?? {})
        .filter((key) => key !== '$schema')
        .sort(),
    ).toEqual([...keys].sort());
  });

  it.each(keys)('%s is said in all languages, with the same placeholders', (key) => {
    const wanted = holes(forms(all['en']?.[key])[0] ?? '');
    for (const lang of ['kk', 'ru', 'en']) {
      const said = forms(all[lang]?.[key]);
      expect(said.length).toBeGreaterThan(0);
      for (const text of said) {
        expect(text.trim()).not.toBe('');
        expect(holes(text)).toEqual(wanted);
        const bare = text.replace(/\{\w+\}/g, '');
        if (lang !== 'en' && !SAME_EVERYWHERE.includes(key) && /\p{L}/u.test(bare)) {
          expect(bare, `${lang} ${key}`).toMatch(/\p{Script=Cyrillic}/u);
        }
      }
    }
  });

  it.each(['kk', 'ru'])('%s glues no case ending to a placeholder', (lang) => {
    const glued = keys.filter((key) => forms(all[lang]?.[key]).some((text) => /\}-?\p{L}/u.test(text)));
    expect(glued).toEqual([]);
  });

  it('every message is used', () => {
    const code = sources(new URL('../src/', import.meta.url)).join('\n');
    expect(keys.filter((key) => !new RegExp(`\\bm\\.${key}\\b`).test(code))).toEqual([]);
  });
});
