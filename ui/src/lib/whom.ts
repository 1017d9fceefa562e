// Of whom a word is said: how many, and by name.
import { failureOf, party, saidOfWhom, type Details, type Person, type View } from './api';
import { isolated } from './words/isolated';
import { m } from './words';

/** What is chosen of whom a word is. */
export type WhomChosen = { who: 'all' | 'me' | 'some'; count: number | null; chosen: number[]; othersSafe: boolean };

/** By name, as soon as somebody is named. */
export function toWhom({ who, count, chosen, othersSafe }: WhomChosen): Details['whom'] {
  if (who !== 'some') return { who };
  if (chosen.length > 0) return { who: 'named', numbers: chosen, others_safe: othersSafe };
  return { who: 'some', count: count ?? 1, others_safe: othersSafe };
}

/** How many of `all` somebody speaks of. */
export function countOf(whom: Details['whom'], all: number): number {
  switch (whom.who) {
    case 'all':
      return all;
    case 'me':
    case 'one':
      return 1;
    case 'some':
      return whom.count;
    case 'named':
      return whom.numbers.length;
  }
}

/** So many of a party in a question: by name where each is named and they are one or two; else how many. */
export function whoWords(people: Person[], numbers: number[], count: number): string {
  const names = numbers.flatMap((number) => people.find((one) => one.number === number)?.name ?? []).map(isolated);
  const [one, other] = names;
  if (names.length !== count || one === undefined || names.length > 2) return m.people({ count });
  return other === undefined ? one : m.whom_two({ one, other });
}

/** Of whom of a party the word is; empty where there is nobody else. */
export function whomWords(whom: Details['whom'], people: Person[], all: number): string {
  if (whom.who === 'all') return all > 1 ? m.people({ count: all }) : '';
  if (whom.who === 'me') return all > 1 ? m.more_whom_me() : '';
  if (whom.who === 'some') return m.people({ count: whom.count });
  const numbers = whom.who === 'one' ? [whom.number] : whom.numbers;
  const names = numbers.flatMap((number) => people.find((one) => one.number === number)?.name ?? []);
  return names.length > 0 ? names.map(isolated).join(', ') : m.people({ count: numbers.length });
}

/** The same of the latest word. */
export async function whomOf({ check_in: said, lock }: View): Promise<string> {
  if (!said?.trip || lock.locked) return '';
  try {
    const [whom, page] = await Promise.all([saidOfWhom(), party(said.trip)]);
    return whomWords(whom, page.party.people, said.party);
  } catch (thrown) {
    failureOf(thrown);
    return '';
  }
}
