import { expect, it } from 'vitest';
import { allTicked, withTicks } from '../src/screens/trip/ticks';

const people = [1, 2, 3].map((number) => ({ number, name: `${number}` }));
const bus = people.slice(0, 2);

it('ticks one by one or a whole bus at once, and nobody twice', () => {
  expect(withTicks([], [people[2]!], true)).toEqual([3]);
  expect(withTicks([3, 1], bus, true)).toEqual([3, 1, 2]);
  expect(withTicks([3, 1, 2], bus, false)).toEqual([3]);
  expect(allTicked([3, 1], bus)).toBe(false);
  expect(allTicked([3, 1, 2], bus)).toBe(true);
});
