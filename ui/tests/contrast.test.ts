import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { mix } from '../src/lib/map/mix';
import { LOUD, QUIET } from '../src/lib/map/palette';
import { contrast, themes } from './colours';

const css = readFileSync(new URL('../src/styles/tokens.css', import.meta.url), 'utf8');

const both = themes(css);

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
  ['land without a level', of('land-unset')],
  ...[1, 2, 3, 4].flatMap((level): [string, string][] => [
    [`level ${level}`, mix(of(`tint-${level}`), of('land'), QUIET)],
    [`a warning of ${level} on land`, mix(of(`tint-${level}`), of('land'), LOUD)],
    [`a warning of ${level} at sea`, mix(of(`tint-${level}`), of('sea'), LOUD)],
  ]),
];

describe.each(Object.entries(both))('in %s', (_, theme) => {
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

  it('land without a level does not look like the safest', () => {
    const unset = of('land-unset');
    for (const other of [of('land'), mix(of('tint-1'), of('land'), QUIET)]) {
      expect(contrast(unset, other), other).toBeGreaterThanOrEqual(1.15);
    }
  });

  it.each([1, 2, 3, 4])('the edge of a warning of grade %s stands out from land and sea', (grade) => {
    for (const ground of ['land', 'sea']) {
      expect(contrast(of(`level-${grade}`), of(ground)), ground).toBeGreaterThanOrEqual(3);
    }
  });
});
