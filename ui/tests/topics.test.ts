import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { grouped } from '../src/lib/topics';
import { topicAsText } from '../src/lib/words/topic-text';
import { topicIcon } from '../src/lib/parts/topic-icons';
import { langOf, topicIn } from '../src/lib/words/language-of';
import { app } from '../src/lib/state.svelte';
import { forms, type Message } from './messages';
import { guidance, shipped } from './sample/guidance';
import { views } from './sample/views';

const topics = guidance;
const half = topics.find(({ id }) => id === 'ash')!;

it('opens on danger, and keeps the order within a situation', () => {
  const groups = grouped([...topics].reverse());
  expect(groups.map(({ group }) => group)).toEqual([
    'danger',
    'stuck',
    'leaving',
    'trouble',
    'health',
    'nature',
    'people',
    'before',
  ]);
  expect(groups[0]?.topics[0]?.id).toBe('air-raid');
  expect(groups.flatMap((group) => group.topics).length).toBe(topics.length);
});

it('leaves out a situation that no topic belongs to', () => {
  expect(grouped([half]).map(({ group }) => group)).toEqual(['nature']);
});

it('reads a topic in the traveller’s language, else in the next it has', () => {
  expect(topicIn(half, 'en')).toMatchObject({ lang: 'en', title: 'Volcanic ash' });
  expect(topicIn(half, 'kk')).toMatchObject({ lang: 'ru', title: 'Вулканический пепел' });
  expect(topicIn({ ...half, texts: {} }, 'kk')).toMatchObject({ lang: 'kk', title: 'ash', steps: [] });
});

it('has the picture that each shipped topic names', () => {
  const plain = topicIcon('no such picture');
  expect(shipped.filter(({ icon }) => topicIcon(icon) === plain).map(({ id }) => id)).toEqual([]);
});

it('hands a topic on with what to do before why', () => {
  const text = {
    title: 'Fire',
    summary: 'Get out.',
    steps: ['Stay low.', 'Close doors.'],
    why: 'Smoke kills.',
    whom: 'Call 112.',
    also: [],
  };
  app.view = { ...views.crisis, lang: 'en' };
  const sources = [{ title: 'Fires, WHO', url: 'https://www.who.int/fires' }];
  expect(topicAsText({ ...half, reviewed: '2026-05-01', sources }, text)).toBe(
    'Fire\nGet out.\n\nWhat to do now\n1. Stay low.\n2. Close doors.\n\nWhy\nSmoke kills.\n\nWho to contact\nCall 112.\n\nReviewed: 1 May\nFires, WHO: https://www.who.int/fires',
  );
});

it('tells the language of a title by its letters', () => {
  expect(['Қазақстан заңы', 'Закон Казахстана', 'Law of Kazakhstan', 'شارع'].map(langOf)).toEqual([
    'kk',
    'ru',
    'en',
    undefined,
  ]);
});

/** All that the app says in a language. */
const words = (lang: string): Set<string> => {
  const file = readFileSync(new URL(`../messages/${lang}.json`, import.meta.url), 'utf8');
  return new Set(Object.values(JSON.parse(file) as Record<string, Message>).flatMap(forms));
};

/** What somebody else says or has written, each as it is quoted. */
const OF_OTHERS = [
  ['Please inform the consulate of Kazakhstan'],
  ['түсінбеймін', 'не понимаю', 'I do not understand'],
  ['эвакуация рейсі', 'эвакуация рейсін', 'эвакуационный рейс', 'evacuation flight', 'evacuation flights'],
  ['Тек бүгін', 'только сегодня', 'only today'],
  ['орын аз қалды', 'мало мест', 'few seats left'],
  ['кезек', 'очередь', 'place in line'],
  ['сыртқа шықпаңыз'],
  ['Transfer Desk'],
  ['Туристік Қамқор'],
].flat();

it('names what a person is to press or open by the words that stand on it', () => {
  const quoted = (said: string) => [...said.matchAll(/[«“]([^»”]*)[»”]/g)].map(([, name]) => name ?? '');
  const missing = shipped.flatMap(({ id, texts }) =>
    Object.entries(texts).flatMap(([lang, { title, summary, steps, why, whom }]) => {
      const names = [title, summary, ...steps, why, whom].flatMap(quoted);
      return names
        .filter((name) => !OF_OTHERS.includes(name) && !words(lang).has(name))
        .map((name) => `${id} in ${lang}: ${name}`);
    }),
  );
  expect(missing).toEqual([]);
});

it('quotes with one kind of marks', () => {
  const other = /‘|(^|[\s(])'|"|„/;
  const said = shipped.flatMap(({ id, texts }) =>
    Object.values(texts).flatMap(({ title, summary, steps, why, whom }) =>
      [title, summary, ...steps, why, whom].filter((part) => other.test(part)).map((part) => `${id}: ${part}`),
    ),
  );
  expect(said).toEqual([]);
});
