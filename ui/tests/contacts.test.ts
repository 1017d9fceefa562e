import { describe, expect, it, vi } from 'vitest';
import type { MissionView } from '../src/lib/api';
import { byPlace, chatsOf, isHome, linesOf } from '../src/lib/mission';
import { app } from '../src/lib/state.svelte';
import { distanceWords } from '../src/lib/words/measure';
import { languageName } from '../src/lib/words/languages';
import { factViews } from './sample/missions';

const { contacts } = factViews.contacts;

describe('a mission', () => {
  it('has its own lines and chats, the ministry has the rest', () => {
    expect(linesOf(contacts, 'mission.dubai').map(({ id }) => id)).toEqual(['line.dubai', 'line.dubai.office']);
    expect(linesOf(contacts, null).map(({ id }) => id)).toEqual(['line.ministry']);
    expect(chatsOf(contacts, null).map(({ id }) => id)).toEqual(['chat.ministry']);
  });

  it('is listed by country and city as the reader spells them', () => {
    const at = (country: string, city: string) =>
      ({ country: { ru: country }, city: { ru: city } }) as unknown as MissionView;
    const sorted = byPlace([at('Турция', 'Стамбул'), at('Австрия', 'Вена'), at('Турция', 'Анкара')], 'ru');
    expect(sorted.map(({ city }) => city.ru)).toEqual(['Вена', 'Анкара', 'Стамбул']);
  });
});

it('is at home where its ministry is, and nowhere without one', () => {
  const before = app.view;
  app.view = factViews.atHome;
  expect([isHome('KZ'), isHome('AE'), isHome(null)]).toEqual([true, false, false]);
  app.view = { ...factViews.atHome, ministry: null };
  expect([isHome('KZ'), isHome(undefined)]).toEqual([false, false]);
  app.view = before;
});

it('names languages, and leaves an unknown tag as it is', () => {
  expect([languageName('kk', 'ru'), languageName('en-GB', 'kk'), languageName('tlh', 'en')]).toEqual([
    'казахский',
    'ағылшынша',
    'tlh',
  ]);
});

it('says a distance as people do', () => {
  vi.stubGlobal('document', { documentElement: { lang: 'en' } });
  expect([0.4, 5.7, 1240.2].map(distanceWords)).toEqual(['under 1 km', '6 km', '1\u00a0240 km']);
});
