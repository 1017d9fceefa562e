import { expect, it } from 'vitest';
import { asText, grouped } from '../src/lib/topics';
import { topicIcon } from '../src/lib/parts/topic-icons';
import { langOf, topicIn } from '../src/lib/words/language-of';
import { guidance, shipped } from './sample/guidance';

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
  expect(asText(text, { todo: 'What to do now', why: 'Why', whom: 'Who to contact' }, ['Reviewed: 1 May'])).toBe(
    'Fire\nGet out.\n\nWhat to do now\n1. Stay low.\n2. Close doors.\n\nWhy\nSmoke kills.\n\nWho to contact\nCall 112.\n\nReviewed: 1 May',
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
