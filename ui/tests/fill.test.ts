import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { fillings } from '../src/lib/fill';
import { views } from './sample/views';

const page = readFileSync(new URL('../index.html', import.meta.url), 'utf8');
const lists = [...page.matchAll(/data-fill="([^"]*)"/g)].map(([, list = '']) => list);
const filled = (view: (typeof views)['crisis']) =>
  lists.flatMap((list) => fillings(list, view, (words) => words[view.lang] ?? ''));

it('fills in each place of the page from what the shell hands over', () => {
  const all = filled(views.writes);
  expect(all.length).toBeGreaterThan(8);
  expect(all.filter(([, value]) => value === '')).toEqual([]);
  expect(all).toContainEqual(['href', 'sms:+442079460123']);
  expect(all).toContainEqual(['data-writes', 'true']);
});

it('leaves empty what there is none of', () => {
  expect(
    filled(views.first)
      .filter(([, value]) => value === '')
      .map(([name]) => name),
  ).toEqual(['href', 'data-way', 'title']);
});
