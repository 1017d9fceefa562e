import { describe, expect, it, vi } from 'vitest';
import type { AdvisoryView } from '../src/lib/api';
import { arranged, isOver } from '../src/lib/advisories';
import { pick } from '../src/lib/words';
import { isolated } from '../src/lib/words/isolated';
import { advisory } from './sample/advisories';

const now = '2026-03-01T10:20:00Z';
const one = (id: string, over: Partial<AdvisoryView>): AdvisoryView => ({ ...advisory, id, ...over });
const ids = (advisories: AdvisoryView[]) => advisories.map(({ id }) => id);

describe('the first screen', () => {
  it('leads with the one that the shell names, and lists the others below', () => {
    const advisories = [one('upcoming', { state: 'upcoming' }), one('holds', { state: 'in_force', concerns: 'trip' })];
    const said = arranged({ advisories, lead: 'holds', now });
    expect(said.lead?.id).toBe('holds');
    expect(ids(said.live)).toEqual(['upcoming']);
  });

  it('never leads with what is over, and tells an ending from what only ran out', () => {
    const advisories = [
      one('all-clear', { state: 'ended', concerns: 'elsewhere' }),
      one('ran-out', { state: 'expired' }),
      one('ended-long-ago', { state: 'ended', expires: '2026-02-27T10:00:00Z' }),
    ];
    const said = arranged({ advisories, lead: null, now });
    expect(said.lead).toBeUndefined();
    expect(ids(said.ended)).toEqual(['all-clear']);
    expect(ids(said.past)).toEqual(['ran-out', 'ended-long-ago']);
    expect(ids(said.elsewhere)).toEqual([]);
  });

  it('takes neither an upcoming nor a running warning for one that is over', () => {
    const states = ['in_force', 'upcoming', 'ended', 'expired'] as const;
    expect(states.map((state) => isOver({ state }))).toEqual([false, false, true, true]);
  });
});

it('keeps the direction of others’ words inside them', () => {
  expect(isolated('Kazhydromet')).toBe('\u2068Kazhydromet\u2069');
  expect(isolated('call \u202e211\u2069')).toBe('\u2068call 211\u2069');
  vi.stubGlobal('document', { documentElement: { lang: 'en' } });
  expect(pick({ en: 'call \u202e211 \u2066now' })).toBe('call 211 now');
});
