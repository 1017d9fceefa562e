import { describe, expect, it } from 'vitest';
import type { EmergencyNumber, LineView, MissionView, View } from '../src/lib/api';
import { serviceRows } from '../src/lib/emergency';
import { askOf, byPlace, chatsOf, linesOf } from '../src/lib/mission';
import { distanceWords } from '../src/lib/words/measure';
import { tongue } from '../src/lib/words/tongues';
import { factViews, pages } from './sample-facts.mjs';

const { contacts } = factViews.contacts as unknown as View;
const entry = (service: EmergencyNumber['service'], number: string, source: string): EmergencyNumber => ({ service, number, source, date: '2026-08' });

describe('local numbers', () => {
  it('stand a row a service, the general one first, none twice', () => {
    const rows = serviceRows(pages.TR.emergency as EmergencyNumber[]);
    expect(rows.map(({ service, numbers, differ }) => [service, numbers.map(({ number }) => number).join(' '), differ])).toEqual([
      ['general', '112', false],
      ['police', '112 155', true],
      ['fire', '112 110', true],
    ]);
  });

  it('do not differ where one source names them all', () => {
    const rows = serviceRows([entry('police', '911', 'A; B'), entry('police', '101', 'A')]);
    expect(rows.map(({ differ }) => differ)).toEqual([false]);
  });

  it('may be unknown', () => {
    expect(serviceRows([])).toEqual([]);
  });
});

describe('a mission', () => {
  it('has its own lines and chats, the ministry has the rest', () => {
    expect(linesOf(contacts, 'mission.dubai').map(({ id }) => id)).toEqual(['line.dubai', 'line.dubai.office']);
    expect(linesOf(contacts, null).map(({ id }) => id)).toEqual(['line.ministry']);
    expect(chatsOf(contacts, null).map(({ id }) => id)).toEqual(['chat.ministry']);
  });

  it('is asked by voice while its office answers, else in writing', () => {
    const [emergency, office] = linesOf(contacts, 'mission.dubai') as [LineView, LineView];
    const sms = { kind: 'sms', number: '+442079460801' } as const;
    expect(askOf([emergency, office], false)?.way).toEqual({ kind: 'voice', number: office.number });
    expect(askOf([emergency, { ...office, text: sms }], true)?.way).toEqual(sms);
    expect(askOf([{ ...office, open: false, text: sms }], false)?.way).toEqual(sms);
    expect(askOf([{ ...office, open: false, text: null }], false)).toBeNull();
    expect(askOf([emergency], false)).toBeNull();
  });

  it('is listed by country and city as the reader spells them', () => {
    const at = (country: string, city: string) => ({ country: { ru: country }, city: { ru: city } }) as MissionView;
    const sorted = byPlace([at('Турция', 'Стамбул'), at('Австрия', 'Вена'), at('Турция', 'Анкара')], 'ru');
    expect(sorted.map(({ city }) => city.ru)).toEqual(['Вена', 'Анкара', 'Стамбул']);
  });
});

it('names languages, and leaves an unknown tag as it is', () => {
  expect([tongue('kk', 'ru'), tongue('en-GB', 'kk'), tongue('tlh', 'en')]).toEqual(['казахский', 'ағылшынша', 'tlh']);
});

it('says a distance as people do', () => {
  expect([0.4, 5.7, 1240.2].map(distanceWords)).toEqual(['under 1 km', '6 km', '1\u00a0240 km']);
});
