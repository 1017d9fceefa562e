// What somebody adds to their word: whether that asks for help, and whether it is anything at all.
import type { CheckInStatus, Details, Need } from './api';

/** Whoever said that they cannot leave asks for nothing yet: what they tick or write does. */
export const asksForHelp = (status: CheckInStatus | null, needs: Need[], words: string): boolean =>
  status !== 'stranded' || needs.some((need) => need !== 'stranded') || words.trim() !== '';

/** `writes`: that they are written to is said without this. */
export const isNothing = ({ needs, words, place, intent, write_only, contact }: Details, writes: boolean): boolean =>
  needs.length === 0 &&
  words.trim() === '' &&
  place.trim() === '' &&
  intent === null &&
  (writes || !write_only) &&
  contact.may_write === null &&
  contact.may_call === null;
