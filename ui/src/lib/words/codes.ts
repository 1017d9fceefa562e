// Words for the stable codes that come from Rust. Each table is complete, or it does not compile.
import { m } from './generated/messages.js';
import type {
  CallOutcome,
  ChatView,
  CheckInStatus,
  Code,
  Delivery,
  FailureCode,
  MissionView,
  StatusCount,
  Severity,
  View,
} from '../api';

type Say = (inputs?: object, options?: { locale?: View['lang'] }) => string;
type Service = View['emergency'][number]['service'];

/** Why a command without a form did not do it. The codes of fields never come to one. */
export function actionFailureWords(code: FailureCode): string {
  switch (code) {
    case 'disk_full':
      return m.fail_disk_full();
    case 'not_found':
      return m.fail_not_found();
    case 'nobody_well':
      return m.fail_nobody_well();
    case 'nothing_said':
      return m.fail_nothing_said();
    case 'text_too_long':
      return m.fail_text_too_long();
    case 'not_printed':
      return m.fail_not_printed();
    case 'not_saved':
      return m.fail_not_saved();
    case 'no_ministry':
      return m.fail_no_ministry();
    case 'locked':
      return m.locked_title();
    default:
      return m.fail_action();
  }
}

export const severityWords: Record<Severity, Say> = {
  extreme: m.severity_extreme,
  severe: m.severity_severe,
  moderate: m.severity_moderate,
  minor: m.severity_minor,
  unknown: m.severity_unknown,
  '(other)': m.severity_severe,
};

/** Which of the four tints an advisory takes. */
export const severityGrade: Record<Severity, 1 | 2 | 3 | 4> = {
  extreme: 4,
  severe: 3,
  moderate: 2,
  minor: 1,
  unknown: 2,
  '(other)': 3,
};

/** The lowest first. */
export const levels: Say[] = [m.level_1, m.level_2, m.level_3, m.level_4];
export const levelWords = (level: number): string => levels[level - 1]?.() ?? String(level);

export const serviceWords: Record<Service, Say> = {
  general: m.service_general,
  police: m.service_police,
  ambulance: m.service_ambulance,
  fire: m.service_fire,
};

export const missionWords: Record<MissionView['kind'], Say> = {
  embassy: m.mission_embassy,
  consulate_general: m.mission_consulate_general,
  consulate: m.mission_consulate,
  honorary_consulate: m.mission_honorary_consulate,
  '(other)': m.mission_other,
};

/** Of a mission's door: its lines have hours of their own. */
export const receivesWords = (open: boolean): string => (open ? m.receives_now() : m.receives_not_now());
export const openWords = (open: boolean): string => (open ? m.open_now() : m.closed_now());

export const messengerWords: Record<ChatView['link']['messenger'], Say> = {
  telegram: () => 'Telegram',
  whatsapp: () => 'WhatsApp',
  signal: () => 'Signal',
  web: m.messenger_web,
  '(other)': m.messenger_web,
};

export const checkInWords = (status: CheckInStatus, people: number): string => {
  switch (status) {
    case 'safe':
      return people > 1 ? m.checkin_safe_many() : m.checkin_safe_one();
    case 'need_help':
    case '(other)':
      return people > 1 ? m.checkin_help_many() : m.checkin_help_one();
    case 'left':
      return people > 1 ? m.checkin_left_many() : m.checkin_left_one();
    case 'stranded':
      return people > 1 ? m.checkin_stranded_many() : m.checkin_stranded_one();
  }
};

export const countedWords: Record<CheckInStatus, Say> = {
  safe: m.checkin_safe_counted,
  need_help: m.checkin_help_counted,
  '(other)': m.checkin_help_counted,
  left: m.checkin_left_counted,
  stranded: m.checkin_stranded_counted,
};

/** What is about to be said of so many of a party. */
export const toldWords = (status: CheckInStatus, count: number, party: number): string =>
  count >= party ? checkInWords(status, count) : `${countedWords[status]()}: ${count}`;

/** What was said of all of a party; how many are how, where it was said of some or they are not all the same: they are
 * not "us". Who is not among those who are well was not seen. A `party` that is not known may be any. */
export const saidWords = (people: StatusCount[], party: number | null): string => {
  const [only, ...others] = people;
  if (party !== null && only && others.length === 0 && only.count >= party)
    return checkInWords(only.status, only.count);
  const all = people.reduce((sum, { count }) => sum + count, 0);
  const counted = people.map(({ status, count }) => `${countedWords[status]()}: ${count}`).join(', ');
  if (party === null || all >= party) return counted;
  const unseen = people.some(({ status }) => status === 'safe' || status === 'left');
  const of = m.checkin_of({ counted, all: party });
  return unseen ? `${of} · ${m.checkin_not_seen({ count: party - all })}` : of;
};

/** That they left, and need help still. */
export const leftInNeedWords = (people: number): string =>
  people > 1 ? m.checkin_left_in_need_many() : m.checkin_left_in_need_one();

/** What the latest word says. */
export const wordSaid = (said: NonNullable<View['check_in']>): string => {
  if (!said.left_in_need) return saidWords(said.by_status, said.party);
  const [only, ...others] = said.by_status;
  const ofAll = only !== undefined && others.length === 0 && only.count >= said.party;
  return ofAll ? leftInNeedWords(said.party) : `${saidWords(said.by_status, said.party)} · ${countedWords.left()}`;
};

export const outcomeWords: Record<Exclude<CallOutcome, 'called' | '(other)'>, Say> = {
  got_through: m.call_got_through,
  still_need_help: m.call_still_need_help,
  tapped_by_mistake: m.call_tapped_by_mistake,
  for_others: m.call_for_others_said,
};

export function deliveryWords(delivery: Delivery, when: (instant: string) => string): string {
  switch (delivery.state) {
    case 'only_here':
      return m.delivery_only_here();
    case 'waiting':
      return m.delivery_waiting();
    case 'received':
      return m.delivery_received({ when: when(delivery.at) });
    case 'parked':
      return delivery.code === 'trip_moved' ? m.trip_moved() : m.delivery_parked();
  }
}

/** What to do about something the ministry did not accept. */
export function parkedWords(code: Code): string {
  switch (code) {
    case 'field_invalid':
    case 'body_not_json':
      return m.parked_field_invalid();
    case 'body_too_large':
      return m.parked_body_too_large();
    case 'trip_moved':
      return m.trip_moved_more();
    case 'unauthorized':
    case 'device_taken':
      return m.parked_device();
    case 'content_type_not_json':
    case 'not_found':
    case 'version_conflict':
    case 'timeout':
    case 'gone':
    case 'not_yet_there':
    case 'quota_reached':
    case 'unavailable':
    case '(other)':
    case 'method_not_allowed':
    case 'page_not_aligned':
    case 'entry_refused':
    case 'entry_exists':
    case 'too_many_requests':
    case 'internal':
      return m.parked_other({ code });
  }
}
