import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

import { contrast, themes } from '../../../ui/tests/colours';

const sheet = (path: string): ReturnType<typeof themes> => themes(readFileSync(new URL(path, import.meta.url), 'utf8'));
const [app, own] = [sheet('../../../ui/src/styles/tokens.css'), sheet('../src/styles/tokens.css')];
const both = { light: { ...app.light, ...own.light }, dark: { ...app.dark, ...own.dark } };

const grounds = ['paper', 'card', 'stint'];
const texts: [string, string][] = [
  ...grounds.flatMap((ground): [string, string][] =>
    ['ink', 'soft', 'late', 'ochre', 'steppe'].map((text): [string, string] => [text, ground]),
  ),
  ['ochre', 'otint'],
  ['on-late', 'late'],
  ['on-steppe', 'steppe'],
  ['ink', 'bar'],
];
const borders: [string, string][] = [
  ...grounds.flatMap((ground): [string, string][] =>
    ['edge', 'frame', 'steppe', 'ochre'].map((border): [string, string] => [border, ground]),
  ),
  ['steppe', 'bar'],
  ['late', 'bar'],
];

describe.each(Object.entries(both))('in %s', (_, theme: Record<string, string>) => {
  const of = (name: string): string => theme[name] ?? expect.fail(`no token --${name}`);

  it.each(texts)('text in %s can be read on %s', (text, ground) => {
    expect(contrast(of(text), of(ground))).toBeGreaterThanOrEqual(4.5);
  });

  it.each(borders)('a border or sign in %s stands out from %s', (border, ground) => {
    expect(contrast(of(border), of(ground))).toBeGreaterThanOrEqual(3);
  });
});
