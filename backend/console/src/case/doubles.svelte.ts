// Who may be the same person as in a case. Each answer is a line in the log: it is asked once for a case, and again
// when something was joined.
import { alike, type Candidate, type Candidates } from '../api/intake';
import type { Case } from '../api/types';
import { desk } from '../desk.svelte';
import { Typed } from '../typed';

export class Doubles {
  all = $state.raw<Candidate[]>([]);

  constructor(one: () => Case) {
    const row = $derived(one().row);
    const looks = $derived(
      desk.session?.rights.has('look_up') === true && one().closed === null && row.joinedTo === null,
    );
    const joins = $derived(JSON.stringify([row.number, row.joined, row.hasPhone]));
    // asked later, so that no effect follows the row: it is another object in each fresh list
    const search = new Typed<Candidates>(({ candidates }) => (this.all = candidates), 0);
    $effect(() => {
      void joins;
      if (looks) search.ask(() => alike(row.number));
      else this.all = [];
      return () => search.drop();
    });
  }
}
