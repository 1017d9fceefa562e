// Who is ticked, by number, in the order in which they were.
import type { Person } from '../../lib/api';

export const allTicked = (ticked: readonly number[], people: readonly Person[]): boolean =>
  people.every(({ number }) => ticked.includes(number));

export function withTicks(ticked: readonly number[], people: readonly Person[], on: boolean): number[] {
  const numbers = people.map(({ number }) => number);
  const others = ticked.filter((number) => !numbers.includes(number));
  return on ? [...others, ...numbers] : others;
}
