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
  sms_taken: m.audit_sms_taken,
  sms_proven: m.audit_sms_proven,
  sms_read: m.audit_sms_read,
  headcount_printed: m.audit_headcount_printed,
  headcount_exported: m.audit_headcount_exported,
  harm_said: m.audit_harm_said,
  incident_opened: m.audit_incident_opened,
  incident_decided: m.audit_incident_decided,
  incident_noted: m.audit_incident_noted,
  incident_closed: m.audit_incident_closed,
  incident_reopened: m.audit_incident_reopened,
  report_exported: m.audit_report_exported,
  erased: m.audit_erased,
  kept_long_enough: m.audit_kept_long_enough,
};

/** The file may hold deeds of other programs: those stand as they are written there. */
export const deedWords = (deed: string): string => deeds[deed]?.() ?? deed;
