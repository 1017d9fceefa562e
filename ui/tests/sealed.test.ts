import { beforeEach, describe, expect, it } from 'vitest';
import type { PrivateCheckIn, PrivateTrip, SentItem } from '../src/lib/api';
import { app } from '../src/lib/state.svelte';
import { sealedLines } from '../src/lib/words/sealed';
import { left } from './sample/left';
import { views } from './sample/views';

beforeEach(() => {
  app.view = { ...views.crisis, lang: 'en' };
});

const item = left.sent.find(({ sealed }) => sealed !== null)!;
const trip = item.sealed!;
const said = (sealed: PrivateTrip): string => sealedLines({ ...item, sealed }).join('\n');

/** The same with one thing said otherwise, for each thing that it says: where that is, and what it is then. */
function altered(value: unknown, at: string, put: (other: unknown) => unknown): [string, unknown][] {
  if (typeof value === 'string') return [[at, put(other(at, value))]];
  if (typeof value === 'number') return [[at, put(value + 7)]];
  if (typeof value === 'boolean') return [[at, put(!value)]];
  return Object.entries(value as object).flatMap(([key, inner]) =>
    altered(inner, `${at}/${key}`, (changed) =>
      put(
        Array.isArray(value)
          ? value.map((one, index) => (String(index) === key ? changed : (one as unknown)))
          : { ...(value as object), [key]: changed },
      ),
    ),
  );
}

function other(at: string, value: string): string {
  if (at.endsWith('/by')) return value === 'traveller' ? 'proxy' : 'traveller';
  if (at.endsWith('/arrives_by')) return value === 'ship' ? 'road' : 'ship';
  if (at.endsWith('/visa_until')) return '2026-02-22';
  return at.endsWith('/at') ? '2026-02-22T09:30:00Z' : `${value}x`;
}

describe('what was sealed', () => {
  it('is shown whole: whatever of it is another, another is read', () => {
    const others = altered(trip, '', (changed) => changed)
      // what a leg is, and where somebody stands on the list, is not said of them
      .filter(([at]) => !/\/(kind|number)$/.test(at));
    expect(others.length).toBeGreaterThan(25);
    for (const [at, changed] of others) expect(said(changed as PrivateTrip), at).not.toBe(said(trip));
  });

  it('is told in words', () => {
    expect(said(trip)).toContain('City: Dubai');
    expect(said(trip)).toContain('Do you have an onward ticket? No');
    expect(said(trip)).toContain('You agreed to: text “Trip, 1”, read in: Русский');
  });

  it('says of what was not said nothing, and of no consent that there was none', () => {
    const none = { text: '', version: 0, language: 'und', at: '2026-03-01T06:00:00Z', by: 'traveller' } as const;
    const sealed = { consent: none, adults: 1, children: 0, legs: [{ kind: '(other)' as const }] };
    const lines = sealedLines({ ...item, sealed, cities: {} });
    expect(lines).toHaveLength(3);
    expect(lines[2]).toContain('Entered before any consent text was shown');
  });
});

it('lists all that was sealed with a word, and nothing that was not', () => {
  const at = '2026-03-01T12:00:00Z';
  const whole: PrivateCheckIn = {
    consent: { text: 'registering', version: 1, language: 'en', at, by: 'traveller' },
    by: 'traveller',
    intent: 'wants_out',
    words: 'Insulin',
    needs: ['medical'],
    medicine_days: 1,
    write_only: true,
    contact: { may_write: true, may_call: false, when: 'after ten' },
    who: { need_help: [2] },
    place: { words: 'Gate B7', position: { lat: 25.27, lon: 51.6 }, accuracy_m: 20, source: 'own_word', at },
    language: 'ru',
  };
  const lines = (sealed: PrivateCheckIn | null) => {
    const what: SentItem['what'] = { kind: 'check_in', people: [], place: null, sealed };
    return sealedLines({ what, sealed: null, cities: {} });
  };
  const said = lines(whole).join(' | ');
  for (const part of [
    'medicine',
    'for 1 day',
    '№2',
    'Insulin',
    'Gate B7',
    '25.27',
    '± 20',
    'after ten',
    'Русский',
    'write',
  ])
    expect(said).toContain(part);
  expect(lines(whole)).toHaveLength(12);
  expect(lines(null)).toEqual([]);
  expect(lines({ consent: whole.consent, by: 'traveller', needs: ['money'] })).toHaveLength(2);
});
