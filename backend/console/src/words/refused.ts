// Why the desk did not do something: by its stable code, what to do first.
import { m } from './index';

const words: Record<string, () => string> = {
  unauthorized: m.ended_title,
  forbidden: m.refused_forbidden,
  wrong_origin: m.refused_wrong_origin,
  not_found: m.erased_gone,
  method_not_allowed: m.refused_other_version,
  case_changed: m.refused_case_changed,
  case_taken: m.refused_case_taken,
  case_closed: m.refused_case_closed,
  case_joined: m.refused_case_joined,
  not_possible: m.refused_not_possible,
  body_too_large: m.refused_body_too_large,
  body_not_json: m.refused_other_version,
  content_type_not_json: m.refused_other_version,
  field_invalid: m.refused_field_invalid,
  timeout: m.refused_timeout,
  too_many_requests: m.refused_too_many_requests,
  internal: m.refused_internal,
  register_unread: m.refused_register_unread,
  standby: m.refused_standby,
  unavailable: m.refused_unavailable,
};

/** A code that this page has no words for is said as it is, so that it can be told to somebody. */
export const refusedWords = (code: string): string => words[code]?.() ?? m.refused_other({ code });
