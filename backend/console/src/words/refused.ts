// Why the desk did not do something: by its stable code, what to do first.
import { m } from './index';

const words: Record<string, () => string> = {
  case_changed: m.refused_case_changed,
  not_possible: m.refused_case_changed,
  case_taken: m.refused_case_taken,
  case_closed: m.refused_case_changed,
  case_joined: m.refused_case_joined,
  forbidden: m.refused_forbidden,
  register_unread: m.refused_register_unread,
  standby: m.refused_standby,
  not_found: m.erased_gone,
};

/** A code that this page has no words for is said as it is, so that it can be told to somebody. */
export const refusedWords = (code: string): string => words[code]?.() ?? m.refused_other({ code });
