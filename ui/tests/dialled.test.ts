import { expect, it } from 'vitest';
import { dialled } from '../src/lib/words/dialled';

const numbers = (text: string) => dialled(text).flatMap(({ number }) => number ?? []);

it.each([
  ['Call +44 20 7946 0123.', ['+442079460123']],
  ['Қоңырау: +442079460123, +7 (7172) 72-01-11', ['+442079460123', '+77172720111']],
  ['+971 4 000 00 00', ['+97140000000']],
])('finds in "%s" what one can dial', (text, found) => {
  expect(numbers(text)).toEqual(found);
});

it.each([
  'At +5 °C stay inside.',
  '112',
  'Astana is UTC+5 2026-03-01',
  '+1 000',
  'Pay 100 000 000.',
  '+123 456 789 012 345 678',
])('takes nothing for a number in "%s"', (text) => {
  expect(dialled(text)).toEqual([{ text, number: null }]);
});

it('says the whole text in its order', () => {
  const text = 'First call +44 20 7946 0123, then +44 20 7946 0124.';
  expect(
    dialled(text)
      .map((piece) => piece.text)
      .join(''),
  ).toBe(text);
  expect(dialled('')).toEqual([]);
});
