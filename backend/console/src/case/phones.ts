// Whom to call, each number once: the people themselves, who called for them, and at last those at home.
import type { Case } from '../api/types';
import { m } from '../words';
import { whoWords } from '../words/intake';

export type Phone = { says: string; number: string };

export function phonesOf({ parties, calls }: Case): Phone[] {
  const all: { says: string; number: string | null }[] = [
    ...parties.flatMap(({ phone, members }) => [
      { says: m.phone_own(), number: phone },
      ...members.map(({ name, phone }) => ({ says: name, number: phone })),
    ]),
    ...calls.flatMap(({ phone, callerPhone, caller, by }) => [
      { says: m.phone_own(), number: phone },
      { says: [whoWords[by](), caller].filter((part) => part !== '').join(': '), number: callerPhone },
    ]),
    ...parties.flatMap(({ kin }) => (kin ? [{ says: m.phone_kin({ name: kin.name }), number: kin.phone }] : [])),
  ];
  const known = all.flatMap(({ says, number }) => (number ? [{ says, number }] : []));
  return known.filter(({ number }, at) => known.findIndex((other) => other.number === number) === at);
}
