// What was typed of somebody who is stuck, and not said yet.
import type { PickedPlace } from '../lib/api';

export type At = Extract<PickedPlace, { kind: 'airport' }>;

/** Behind the PIN nobody sees how many they are. */
export type StuckTyped = { at: At | null; text: string; people: number | null; phone: string };

/** What was typed later, over what stood there: who saw that typed all of it, and who did not took nothing of it back. */
export function over(before: StuckTyped, typed: StuckTyped): StuckTyped {
  if (typed.people !== null) return typed;
  const { at, text } = typed.at !== null || typed.text !== '' ? typed : before;
  return { at, text, people: before.people, phone: typed.phone || before.phone };
}
