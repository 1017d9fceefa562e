// What the map shows of the ministry's word, read again with every new one.
import type { View } from '../api';
import { everybody, levels, warned } from '../on-demand.svelte';
import type { Facts } from './journey';

/** For a component that shows a map. */
export function followFacts(view: () => View): () => Facts {
  everybody.follow(() => view().here);
  levels.follow();
  warned.follow(() => view().advisories);
  return () => ({
    missions: everybody.value?.missions ?? view().contacts.missions,
    levels: levels.value ?? [],
    areas: warned.value ?? [],
  });
}
