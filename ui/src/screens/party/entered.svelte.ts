// A list that was put on the list last: it is taken back for as long as nothing was said of the list or of those on it since.
import { party, type PartyPage } from '../../lib/api';

/** How many it put there and changed there. */
export type Took = { count: number; changed: number };

let last = $state.raw<{ id: string; took: Took; was: PartyPage; stands: string } | null>(null);

/** Who is on it, what waits, and who was seen when. */
const state = ({ party: { people }, faulty, roll }: PartyPage) =>
  JSON.stringify([people, faulty, roll.map(({ number, status, seen }) => [number, status, seen])]);

export const entered = {
  /** It was so before, and so many came by it. */
  async keep(id: string, took: Took, was: PartyPage): Promise<void> {
    last = { id, took, was, stands: state(await party(id)) };
  },
  /** What can be taken back of a page that is shown. */
  of(id: string, page: PartyPage): { took: Took; was: PartyPage } | null {
    return last?.id === id && last.stands === state(page) ? last : null;
  },
  clear(): void {
    last = null;
  },
};
