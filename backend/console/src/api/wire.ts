// What the desk's REST says, as it stands on the wire (backend/openapi-desk.json). Instants are RFC 3339.
import type { Kind, Outcome, Rank, Role, Tag, Way } from './types';
import type { NeedCode, WireDraftView } from './wire_intake';
import type { WireNight } from './wire_night';

export type WireOfficer = { id: number; name: string; role: Role };
export type Right =
  | 'see_board'
  | 'open_case'
  | 'own_case'
  | 'take'
  | 'assign'
  | 'answer'
  | 'rank'
  | 'close'
  | 'look_up'
  | 'headcount'
  | 'audit'
  | 'officers'
  | 'publish'
  | 'approve'
  | 'keys'
  | 'decide';
export type Words = Record<string, string>;
export type WireHome = { name: Words; time_zone: string; post?: Words };
export type WireSession = {
  officer: WireOfficer;
  rights: Right[];
  /** Which roles this officer gives and ends. */
  makes?: Role[];
  now: string;
  until: string;
  standby: boolean;
  /** Where the ministry and this officer stand; the machine's own clock where it is not said. */
  home?: WireHome;
  mission?: WireHome;
};

export type BecauseCode =
  | 'trapped'
  | 'violence'
  | 'detained'
  | 'child_alone'
  | 'injured'
  | 'medicine_out'
  | 'medicine_soon'
  | 'call_unanswered'
  | 'infant'
  | 'pregnant'
  | 'wheelchair'
  | 'stranded'
  | 'shelter'
  | 'documents'
  | 'money'
  | 'need_help'
  | 'lost_touch'
  | 'shut';
export type Because = {
  code: BecauseCode;
  facts: { medicine_days?: number; people?: number };
  also: BecauseCode[];
};
export type WireRank = {
  proposed: Rank;
  accepted?: Rank;
  because: Because;
  by?: WireOfficer;
  at?: string;
  reason?: string;
};
export type WirePlace = {
  country: string;
  airport?: string;
  by: 'own_word' | 'trip';
  at: string;
  /** As somebody said it: a street, a hotel. */
  said?: string;
};
export type WordBy = 'traveller' | 'proxy' | 'relative' | 'airline' | 'officer' | 'unknown';

export type WireRow = {
  number: number;
  version: number;
  kind: Kind;
  rank: WireRank;
  name?: string;
  people?: number;
  tags: Tag[];
  /** When it is safe to reach them, in their words. */
  safe_when?: string;
  place?: WirePlace;
  words?: string;
  word_by: WordBy;
  since: string;
  said_at: string;
  arrived_at: string;
  by: Way;
  again: number;
  well?: { at: string };
  step?: { text: string; due: string; since?: string };
  promise?: { id: number; what: string; by: string };
  owner?: WireOfficer;
  handed_to?: WireOfficer;
  late_at?: string;
  open_by: WireOfficer[];
  unread: number;
  waiting: boolean;
  objection: boolean;
  /** The cases that are one with it, and the one that speaks for it. */
  joined?: number[];
  joined_to?: number;
  has_phone?: boolean;
  /** Another phone leads its trip, and nobody has said whose that is. */
  moved: boolean;
};

export type WireCount = { count: number; oldest_at?: string };
export type WireBoard = {
  list: { number: number; at: string };
  front: { heard_at?: string; away_since?: string };
  audit_whole: boolean;
  counts: Record<'unowned' | 'late' | 'promised' | 'no_step' | 'waiting' | 'mine', WireCount>;
  upper: WireRow[];
  lower: WireRow[];
  floods: WireFlood[];
  last_closed_at?: string;
  drafts?: WireDraftView[];
  night: WireNight;
  many_look_ups?: { officer: WireOfficer; count: number }[];
  /** What the ministry opened, and who leads it. */
  event?: { name: string; since: string; gold: string; exercise?: boolean };
  next?: WireTask[];
  sky?: { city: string; time_zone: string; officer: string; altitude: number }[];
};
/** Cries alike: in neither list, a line each. */
export type WireFlood = {
  number: number;
  alike: number;
  with_more: number;
  rank: Rank;
  words?: string;
  since: string;
  late_at?: string;
};
export type WireTask = {
  at: string;
  kind: 'test_line' | 'confirm_level' | 'test_sms' | 'handover' | 'exercise';
  title: string;
  detail: string;
  level?: number;
};

export type WireNeeds = {
  medicine?: string;
  medicine_days?: number;
  wheelchair?: boolean;
  pregnant?: boolean;
  infant?: boolean;
};
export type WirePerson = { number: number; name: string; phone?: string; group?: string; needs: WireNeeds };
export type WireParty = {
  adults: number;
  children: number;
  phone?: string;
  next_of_kin?: { name: string; phone: string };
  for_relatives: { call_if_silent?: boolean; say_safe?: boolean; say_where?: boolean; say_health?: boolean };
  needs: WireNeeds;
};
export type WireLeg = {
  country: string;
  airport?: string;
  from: string;
  until?: string;
  city?: string;
  address?: string;
  flight?: string;
  airside?: boolean;
  onward_ticket?: boolean;
};
export type Deed =
  | 'opened_by_cry'
  | 'said_again'
  | 'said_well'
  | 'taken'
  | 'released'
  | 'handed'
  | 'accepted'
  | 'step'
  | 'step_done'
  | 'promised'
  | 'kept'
  | 'ranked'
  | 'kind'
  | 'noted'
  | 'closed'
  | 'reopened'
  | 'read'
  | 'wrote'
  | 'objected'
  | 'asks_to_close'
  | 'moved'
  | 'move_confirmed'
  | 'erased'
  | 'kept_long_enough'
  | 'they_wrote'
  | 'cry_gone'
  | 'cry_back'
  | 'taken_down'
  | 'looked_up'
  | 'joined'
  | 'parted'
  | 'tied'
  | 'untied'
  | 'letters_held_back'
  | 'asked_for_sign'
  | 'gave_sign'
  | 'refused_sign';
export type WireEvent = {
  at: string;
  what: Deed;
  officer?: WireOfficer;
  text?: string;
  word?: { status?: Record<string, number>; words?: string; by: WordBy };
  due?: string;
  rank?: Rank;
  /** To whom it was handed. */
  to?: string;
  source?: { kind: string; id: string };
  /** The other case. */
  case?: number;
};
export type WireMessage = {
  id: string;
  at: string;
  from: 'person' | 'desk';
  officer?: WireOfficer;
  text: string;
  language?: string;
  quick?: Quick;
  answers?: string;
  objection?: boolean;
  closes?: boolean;
  state?: 'waiting' | 'at_front' | 'refused';
  asks?: Quick[];
  neutral?: boolean;
  announced?: 'loud' | 'silent';
};
export type Quick = 'yes' | 'no' | 'i_am_there' | 'i_cannot' | 'call_me' | 'do_not_call';

export type WireCall = {
  by: WordBy;
  caller_name?: string;
  caller_number?: string;
  number?: string;
  birth_date?: string;
  document?: string;
  read_back: boolean;
  text: string;
  language?: string;
  needs: NeedCode[];
  lost_touch: boolean;
  medicine_days?: number;
};
export type WireSign = { asked_at: string; answer?: 'yes' | 'no'; answered_at?: string };

export type WireCase = {
  row: WireRow;
  closed?: { at: string; by?: WireOfficer; outcome: Outcome; word?: string; word_missing?: string };
  language?: string;
  people: WirePerson[];
  party?: WireParty;
  trips: { id: string; people: number; legs: WireLeg[] }[];
  /** What the device said, the oldest first. */
  words: { id: string; at: string; sms_from?: string }[];
  told: { rank?: Rank; reason?: string; step: string };
  line: WireEvent[];
  messages: WireMessage[];
  promises: { id: number; what: string; by: string; kept_at?: string }[];
  shut: { kind: string; id: string; fault: string }[];
  can_write: boolean;
  /** What was told by voice. */
  call?: WireCall;
  sign?: WireSign;
  /** The cases that are one with it, each as it came. */
  joined?: WireCase[];
};

export type WireFigures = {
  low: number;
  likely: number;
  high: number;
  presumed: number;
  unconfirmed: number;
  safe: number;
  need_help: number;
  stranded: number;
  need_help_without_trip: number;
  silent: number;
};
export type WireHarm = {
  kind: 'dead' | 'injured' | 'missing';
  confirmed?: number;
  checking?: number;
  source: string;
  by?: WireOfficer;
  at: string;
};
export type WireHeadcount = {
  list: { number: number; at: string };
  known_at: string;
  total: WireFigures;
  countries: Record<string, WireFigures>;
  airports: Record<string, WireFigures>;
  printed?: { at: string; by?: WireOfficer; likely: number; countries: Record<string, number> };
  harms: WireHarm[];
  front_away_since?: string;
};

export type WireIncident = {
  number: number;
  open: boolean;
  lines: {
    at: string;
    what: 'opened' | 'decided' | 'noted' | 'closed' | 'reopened';
    officer?: WireOfficer;
    text?: string;
    reason?: string;
  }[];
};

/** A line of the audit file; its text alone where that is none. */
export type WireLine = { at: string; account: string; deed?: string; case?: number; why?: string; officer?: string };
export type WireAudit = { lines: { line: number; what: WireLine | string }[]; whole: boolean; broken_at?: number };
