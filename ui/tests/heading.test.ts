import { beforeEach, describe, expect, it } from 'vitest';
import type { Words } from '../src/lib/api';
import { app } from '../src/lib/state.svelte';
import { headingOf } from '../src/lib/words/heading';
import { advisory, relayed } from './sample/advisories';
import { views } from './sample/views';

const inRussian = () => (app.view = { ...views.crisis, lang: 'ru' });
const of = (over: Partial<typeof relayed>) => headingOf({ ...relayed, ...over }, true);
const plain = (words: string | undefined) => words?.replace(/[\u2066-\u2069]/gu, '');

beforeEach(inRussian);

describe('an alert that is passed on in no language of the reader', () => {
  it('is told by its event and place in the reader’s words, and quoted', () => {
    const heading = of({ topics: ['ice', 'fog'] });
    expect(plain(heading?.words)).toBe('Гололёд, снег, мороз, туман: Казахстан');
    expect(heading).toMatchObject({ lang: 'ru', original: relayed.texts[0] });
  });

  it('names the area where it has words for it in that language', () => {
    const areas: Words[] = [{ en: 'Almaty region', ru: 'Алматинская область' }, { en: 'Elsewhere' }];
    expect(plain(of({ topics: ['fog'], areas })?.words)).toBe('Туман: Алматинская область');
  });

  it('is a warning and no more, where nobody here knows the event', () => {
    expect(plain(of({ topics: [] })?.words)).toBe('Предупреждение: Казахстан');
    expect(of({ topics: [], countries: [], areas: [] })?.words).toBe('Предупреждение');
  });
});

it('stands as it is said in the reader’s language, and where the ministry itself speaks', () => {
  app.view = { ...views.crisis, lang: 'en' };
  expect(of({ topics: ['ice'] })).toMatchObject({ words: relayed.texts[0]!.headline, original: null });
  inRussian();
  const own = { ...advisory, texts: [{ ...relayed.texts[0]! }] };
  expect(headingOf(own, false)).toMatchObject({ words: relayed.texts[0]!.headline, lang: 'en', original: null });
});

it('leaves out a warning without words', () => {
  expect(of({ texts: [] })).toBeUndefined();
});
