// What of others is in the app, by its name.

export type Licence = { licence: string; users: string[]; text: string };

const SHOWN = 3;

const holds = (query: string) => {
  const wanted = query.trim().toLowerCase();
  return (user: string) => user.toLowerCase().includes(wanted);
};

/** The texts that hold for what is called so, or are called so; each with its place among all. */
export function foundIn(all: Licence[], query: string): (Licence & { at: number })[] {
  const wanted = holds(query);
  return all.map((one, at) => ({ ...one, at })).filter(({ licence, users }) => [licence, ...users].some(wanted));
}

/** A few of those whom a text is of, the wanted first, and how many more. */
export function namesOf(users: string[], query: string): string {
  const wanted = holds(query);
  const first = [...users.filter(wanted), ...users.filter((user) => !wanted(user))];
  const more = first.length > SHOWN ? ` + ${first.length - SHOWN}` : '';
  return first.slice(0, SHOWN).join(', ') + more;
}
