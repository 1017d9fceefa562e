import { expect, it, vi } from 'vitest';
import type { AdvisoryView } from '../src/lib/api';
import { leading, listed } from '../src/lib/advisories';
import { pick } from '../src/lib/words';
import { isolated } from '../src/lib/words/isolated';
import { advisory } from './sample/advisories';

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
