import { describe, expect, it } from 'vitest';
import { cards, cardsFor, cardsOfTopic, langIn, SHOWN } from '../src/lib/show/cards';
import { guidance } from './sample/guidance';

describe.each(cards)('the card "$id"', ({ said, topics, calls }) => {
  it('says the same number of sentences in every language', () => {
    const lengths = Object.values(said).map((sentences) => sentences.length);
    expect(new Set(lengths)).toEqual(new Set([3]));
  });

  it('is written in the letters of its languages', () => {
    const all = (lang: keyof typeof said) => said[lang].join(' ');
    expect(all('ar')).toMatch(/\p{Script=Arabic}/u);
    expect(all('zh')).toMatch(/\p{Script=Han}/u);
    expect(all('ar') + all('zh')).not.toMatch(/\p{Script=Latin}|\p{Script=Cyrillic}/u);
    expect(all('tr') + all('en')).not.toMatch(/\p{Script=Cyrillic}/u);
    expect(all('kk') + all('ru')).not.toMatch(/\p{Script=Latin}/u);
  });

  it('ends with a colon where a number follows, and only there', () => {
    for (const sentences of Object.values(said)) {
      expect(sentences.map((sentence) => /[:：]$/.test(sentence))).toEqual([false, false, calls]);
    }
  });

  it('is opened from topics that there are, none of which leaves no trace', () => {
    expect(topics.length).toBeGreaterThan(0);
    for (const id of topics) {
      const topic = guidance.find((one) => one.id === id) ?? expect.fail(`no topic ${id}`);
      expect(topic.private).toBe(false);
      expect(cardsOfTopic(id).length).toBeGreaterThan(0);
    }
  });
});

it('is found by the beginning of a word in each language of the reader', () => {
  const ids = (typed: string) => cardsFor(typed).map(({ id }) => id);
  expect(ids('больн')).toEqual(['hospital']);
  expect(ids('Дәрігер')).toEqual(['hospital']);
  expect(ids('police')).toEqual(['police']);
  expect(ids('естімеймін')).toEqual(['deaf']);
  expect(ids('по')).toEqual([]);
  expect(ids('Дубай')).toEqual([]);
});

it('begins in the language that is read where the traveller is', () => {
  expect(['AE', 'TR', 'CN', 'DE', undefined].map(langIn)).toEqual(['ar', 'tr', 'zh', 'en', 'en']);
  expect(SHOWN.map(({ lang }) => lang)).toEqual(['ar', 'tr', 'en', 'zh']);
});
