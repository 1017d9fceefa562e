// The topics the app ships with, as the shell hands them over, and two that only a bulletin could bring.
import { readFileSync, readdirSync } from 'node:fs';
import type { Topic, TopicText } from '../../src/lib/api';

const folder = new URL('../../../crates/companion/guidance/', import.meta.url);

/** Reads as much of TOML as the topics are written in: strings, numbers, lists, tables of one line. */
function read(file: string): Topic {
  const topic: Record<string, unknown> & { texts: Record<string, Record<string, unknown>> } = {
    levels: [],
    private: false,
    texts: {},
  };
  let table: Record<string, unknown> = topic;
  for (const [, name, key, value] of file.matchAll(
    /^\[texts\.(\w+)\]$|^(\w+) = (\[(?:[^"\]]|"(?:[^"\\]|\\.)*")*\]|.+)$/gm,
  )) {
    if (name) table = topic.texts[name] = { also: [] };
    else if (key && value)
      table[key] = JSON.parse(value.replace(/([{,]) *(title|url) = /g, '$1"$2": ').replace(/,\s*\]$/, ']'));
  }
  return topic as unknown as Topic;
}

export const shipped = readdirSync(folder)
  .map((name) => read(readFileSync(new URL(name, folder), 'utf8')))
  .sort((a, b) => a.order - b.order);

const text = (title: string, summary: string, steps: string[]): TopicText => ({
  title,
  summary,
  steps,
  why: '',
  whom: '',
  also: [],
});
const half: Topic = {
  ...shipped[0]!,
  id: 'ash',
  group: 'nature',
  order: 29,
  icon: 'volcano',
  levels: [],
  sources: [],
  texts: {
    ru: text('Вулканический пепел', 'Останьтесь в помещении и закройте окна.', [
      'Закройте окна и двери.',
      'Дышите через влажную ткань.',
    ]),
    en: text('Volcanic ash', 'Stay indoors and shut the windows.', [
      'Shut windows and doors.',
      'Breathe through a wet cloth.',
    ]),
  },
};

export const guidance = [...shipped, half];
