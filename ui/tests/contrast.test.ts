import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { mix } from '../src/lib/map/mix';
import { LOUD, QUIET } from '../src/lib/map/palette';

const css = readFileSync(new URL('../src/styles/tokens.css', import.meta.url), 'utf8');

function colours(block: string): Record<string, string> {
  return Object.fromEntries(
    [...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name = '', value = '']) => [name, value]),
  );
}

const [lightBlock = '', darkBlock = ''] = css.split('@media (prefers-color-scheme: dark)');
const light = colours(lightBlock);
const themes = { light, dark: { ...light, ...colours(darkBlock) } };

function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [darker, lighter] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (lighter + 0.05) / (darker + 0.05);
}

const tints = ['tint-1', 'tint-2', 'tint-3', 'tint-4'];
const grounds = ['paper', 'card', 'chosen'];
const texts: [string, string][] = [
  ...grounds.flatMap((ground): [string, string][] => [
    ['ink', ground],
    ['soft', ground],
  ]),
  ...tints.flatMap((tint): [string, string][] => [
    ['ink', tint],
    ['ground-soft', tint],
    ['ground-link', tint],
  ]),
  ['on-chosen', 'chosen'],
  ['link', 'paper'],
  ['link', 'card'],
  ['on-sky', 'sky'],
  ['on-dusk', 'dusk'],
  ['on-night', 'night'],
  ['steppe', 'paper'],
  ['steppe', 'card'],
  ['on-steppe', 'steppe'],
  ['on-call', 'call'],
  ...[1, 2, 3, 4].flatMap((level): [string, string][] => [
    [`level-${level}`, `tint-${level}`],
    [`level-${level}`, 'card'],
    ['on-level', `level-${level}`],
  ]),
];
const borders: [string, string][] = [
  ...grounds.map((ground): [string, string] => ['edge', ground]),
  ...[...grounds, ...tints].map((ground): [string, string] => ['steppe', ground]),
  ...tints.map((tint): [string, string] => ['ground-edge', tint]),
  ['call', 'card'],
  ['felt', 'felt-ink'],
  ['felt-do', 'felt-ink'],
  ['do-on-felt', 'felt'],
  ['level-3', 'card'],
];

/** What words and signs of the map lie on. */
const groundsOfTheMap = (of: (name: string) => string): [string, string][] => [
  ['sea', of('sea')],
  ['land', of('land')],
  ...[1, 2, 3, 4].flatMap((level): [string, string][] => [
    [`level ${level}`, mix(of(`tint-${level}`), of('land'), QUIET)],
    [`a warning of ${level} on land`, mix(of(`tint-${level}`), of('land'), LOUD)],
    [`a warning of ${level} at sea`, mix(of(`tint-${level}`), of('sea'), LOUD)],
  ]),
];

describe.each(Object.entries(themes))('in %s', (_, theme) => {
  const of = (name: string) => theme[name] ?? expect.fail(`no token --${name}`);

  it.each(texts)('text in %s can be read on %s', (text, ground) => {
    expect(contrast(of(text), of(ground))).toBeGreaterThanOrEqual(4.5);
  });

  it.each(borders)('a border or sign in %s stands out from %s', (border, ground) => {
    expect(contrast(of(border), of(ground))).toBeGreaterThanOrEqual(3);
  });

  it('the map’s words can be read on all of its grounds, and its signs stand out', () => {
    for (const [name, ground] of groundsOfTheMap(of)) {
      expect(contrast(of('ink'), ground), `ink on ${name}`).toBeGreaterThanOrEqual(4.5);
      expect(contrast(of('soft'), ground), `soft on ${name}`).toBeGreaterThanOrEqual(4.5);
      expect(contrast(of('steppe'), ground), `steppe on ${name}`).toBeGreaterThanOrEqual(3);
    }
  });

  it('a coast stands out from sea and land, more than a border does', () => {
    expect(contrast(of('coast'), of('sea'))).toBeGreaterThanOrEqual(3);
    expect(contrast(of('coast'), of('land'))).toBeGreaterThan(contrast(of('border'), of('land')));
  });

  it.each([1, 2, 3, 4])('the edge of a warning of grade %s stands out from land and sea', (grade) => {
    for (const ground of ['land', 'sea']) {
      expect(contrast(of(`level-${grade}`), of(ground)), ground).toBeGreaterThanOrEqual(3);
    }
  });
});
