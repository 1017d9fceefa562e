// Deeds of the log in words.
import { m } from './index';

const deeds: Record<string, () => string> = {
  opened: m.audit_opened,
  messages_read: m.audit_messages_read,
  wrote: m.audit_wrote,
  signed_in: m.audit_signed_in,
  signed_out: m.audit_signed_out,
  session_refused: m.audit_session_refused,
  enrolled: m.audit_enrolled,
  link_given: m.audit_link_given,
  officer_added: m.audit_officer_added,
  officer_ended: m.audit_officer_ended,
  audit_read: m.audit_read,
  draft_begun: m.audit_draft_begun,
  draft_taken: m.audit_draft_taken,
  draft_given_up: m.audit_draft_given_up,
  took_down: m.audit_took_down,
  looked_up: m.audit_looked_up,
  many_look_ups: m.audit_many_look_ups,
  searched: m.audit_searched,
  people_read: m.audit_people_read,
  words_read: m.audit_words_read,
  asked_for_sign: m.audit_asked_for_sign,
  receivers_counted: m.audit_receivers_counted,
  wrote_to_many: m.audit_wrote_to_many,
  agreed_to_message: m.audit_agreed_to_message,
  dropped_message: m.audit_dropped_message,
  tied: m.audit_tied,
  untied: m.audit_untied,
  join: m.beside_join,
  part: m.joined_part,
};

/** The file may hold deeds of other programs: those stand as they are written there. */
export const deedWords = (deed: string): string => deeds[deed]?.() ?? deed;
