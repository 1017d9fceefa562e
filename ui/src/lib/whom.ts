// Of whom a word is said: how many, and by name.
import { failureOf, party, saidBefore, type Details, type Person, type View } from './api';
import { isolated } from './words/isolated';
import { m } from './words';

/** How many of `all` somebody speaks of. */
export function countOf(whom: Details['whom'], all: number): number {
  switch (whom.who) {
    case 'all':
      return all;
    case 'me':
      return 1;
    case 'some':
      return whom.count;
    case 'named':
      return whom.numbers.length;
  }
}

/** Of whom the word is, where it is of others than the traveller; empty where it is of them. */
export function whomWords(whom: Details['whom'], people: Person[]): string {
  if (whom.who === 'some') return m.people({ count: whom.count });
  if (whom.who !== 'named') return '';
  const names = whom.numbers.flatMap((number) => people.find((one) => one.number === number)?.name ?? []);
  return names.length > 0 ? names.map(isolated).join(', ') : m.people({ count: whom.numbers.length });
}

/** The same of the latest word. */
export async function whomOf({ check_in: said, lock }: View): Promise<string> {
  if (!said?.trip || lock.locked) return '';
  try {
    const [{ whom }, page] = await Promise.all([saidBefore([]), party(said.trip)]);
    return whomWords(whom, page.party.people);
  } catch (thrown) {
    failureOf(thrown);
    return '';
  }
}
