import { expect, it, vi } from 'vitest';
import type { AdvisoryView } from '../src/lib/api';
import { folded, leading, listed, outweighs } from '../src/lib/advisories';
import { pick } from '../src/lib/words';
import { isolated } from '../src/lib/words/isolated';
import { advisory } from './sample/advisories';
import { views } from './sample/views';

const one = (id: string, over: Partial<AdvisoryView>): AdvisoryView => ({ ...advisory, id, ...over });

it('leads with the one that the shell names, and lists the others below', () => {
  const advisories = [one('upcoming', { state: 'upcoming' }), one('holds', {}), one('far', { group: 'elsewhere' })];
  const view = { advisories, lead: 'holds' };
  expect(leading(view)?.id).toBe('holds');
  expect(listed(view, 'mine').map(({ id }) => id)).toEqual(['upcoming']);
  expect(leading({ advisories, lead: null })).toBeUndefined();
});

it('keeps the direction of others’ words inside them', () => {
  expect(isolated('Kazhydromet')).toBe('\u2068Kazhydromet\u2069');
  expect(isolated('call \u202e211\u2069')).toBe('\u2068call 211\u2069');
  vi.stubGlobal('document', { documentElement: { lang: 'en' } });
  expect(pick({ en: 'call \u202e211 \u2066now' })).toBe('call 211 now');
});

it('stands above a country’s level where it is as grave, and below a graver one', () => {
  const level = (of: number) => ({ ...views.crisis.level!, level: of });
  const extreme = [one('minor', { severity: 'minor' }), one('extreme', { severity: 'extreme' })];
  for (const of of [1, 2, 3, 4]) expect(outweighs(extreme, level(of))).toBe(true);
  expect(outweighs([one('minor', { severity: 'minor' })], level(4))).toBe(false);
  expect(outweighs([one('minor', { severity: 'minor' })], null)).toBe(true);
  expect(outweighs([], level(1))).toBe(false);
});

it('folds what ran out but for the newest three, and nothing that holds', () => {
  const over = [3, 9, 1, 7, 5].map((day) =>
    one(`over-${day}`, { is_over: true, state: 'expired', expires: `2026-02-0${day}T00:00:00Z` }),
  );
  const holding = ['a', 'b', 'c', 'd'].map((id) => one(id, {}));
  const ids = (advisories: AdvisoryView[]) => advisories.map(({ id }) => id);
  const { shown, older } = folded([...over, ...holding]);
  expect(ids(shown)).toEqual(['over-9', 'over-7', 'over-5', 'a', 'b', 'c', 'd']);
  expect(ids(older)).toEqual(['over-3', 'over-1']);
  expect(folded(over.slice(0, 3)).older).toEqual([]);
});
