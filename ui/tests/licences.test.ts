import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { foundIn, namesOf, type Licence } from '../src/lib/licences';

type File = { data: { of: string; said: string }[]; texts: Licence[] };
const file = JSON.parse(readFileSync(new URL('../src/assets/licences.json', import.meta.url), 'utf8')) as File;

const users = ['alpha 1.0', 'beta 2.0', 'gamma 3.0', 'delta 4.0', 'epsilon 5.0'];
const texts: Licence[] = [
  { licence: 'MIT License', users, text: 'a' },
  { licence: 'ISC License', users: ['zeta 6.0'], text: 'b' },
];

it('finds a text by what it is of, and by its own name, in any case', () => {
  expect(foundIn(texts, ' ').map(({ at }) => at)).toEqual([0, 1]);
  expect(foundIn(texts, 'ZETA').map(({ at }) => at)).toEqual([1]);
  expect(foundIn(texts, 'mit l').map(({ at }) => at)).toEqual([0]);
  expect(foundIn(texts, 'omega')).toEqual([]);
});

it('names a few, the wanted first, and says how many more there are', () => {
  expect(namesOf(users, '')).toBe('alpha 1.0, beta 2.0, gamma 3.0 + 2');
  expect(namesOf(users, 'eps')).toBe('epsilon 5.0, alpha 1.0, beta 2.0 + 2');
  expect(namesOf(['zeta 6.0'], 'eps')).toBe('zeta 6.0');
});

it('has each text once, whole, with the lines of who holds its rights', () => {
  const whole = file.texts.map(({ text }) => text.replace(/\s+/g, ' '));
  expect(new Set(whole).size).toBe(whole.length);
  expect(whole.filter((text) => text.length < 300)).toEqual([]);
  for (const user of ['serde', 'tauri', 'svelte', '@fontsource-variable/inter', '@lucide/svelte', 'airportsdata'])
    expect(
      file.texts.filter(
        ({ users, text }) => users.some((one) => one.split(' ')[0] === user) && /copyright/i.test(text),
      ),
    ).not.toEqual([]);
});

it('credits the data that asks for it', () => {
  const said = file.data.map((one) => one.said).join('\n');
  for (const credit of [
    'OpenStreetMap contributors',
    'Open Database License',
    'Natural Earth',
    'Open Government Licence',
    'CLDR',
  ])
    expect(said).toContain(credit);
});
