// What the screens show: the desk's answers, read once. Codes stay codes; words of people stay theirs.
import type { BecauseCode, Quick, Right, WireEvent, WireHarm, WireIncident, WordBy } from './wire';
import type { NeedCode, WireDraftView } from './wire_intake';

export type Lang = 'kk' | 'ru' | 'en';

export type Rank = 'life' | 'hours' | 'today' | 'planned';
export type Role = 'gold' | 'silver' | 'bronze' | 'call_taker' | 'publisher' | 'approver' | 'key_keeper' | 'auditor';
/** By what way a case came. */
export type Way = 'check_in' | 'call' | 'message' | 'sms' | 'intake';
/** What every list says behind a name. */
export type Tag = 'no_letters' | 'write_only' | 'quiet' | 'child_alone' | 'unconfirmed';
export type Kind =
  | 'help'
  | 'stranded'
  | 'medical'
  | 'documents'
  | 'money'
  | 'shelter'
  | 'detained'
  | 'violence'
  | 'child_alone'
  | 'lost_touch';
export type Outcome =
  | 'helped'
  | 'safe_by_own_word'
  | 'left_the_country'
  | 'handed_to_others'
  | 'double'
  | 'could_not_help'
  | 'mistake'
  | 'erased';

export type Officer = { id: number; name: string; role: Role };
/** Whose word it is: the person's own outranks another's. */
export type Speaker = WordBy;
export type Because = {
  code: BecauseCode;
  medicine_days: number | null;
  also: BecauseCode[];
};
export type Why = { because: Because; reason: string | null; words: string | null; by: Speaker; at: string };
export type Place = {
  country: string;
  airport: string | null;
  said: string | null;
  known: 'own_word' | 'trip';
  at: string;
};
/** Runs from the moment it was set to when it is due. */
export type Due = { from: string; at: string };
export type Step = { text: string; promised: boolean };

export type CaseRow = {
  number: number;
  version: number;
  kind: Kind;
  rank: Rank;
  /** A rank is a proposal until a named officer accepts it. */
  accepted: { by: string; at: string } | null;
  /** Nobody knows a name of some. */
  name: string | null;
  people: number;
  tags: Tag[];
  /** When it is safe to reach them, in their words. */
  safeWhen: string | null;
  why: Why;
  place: Place | null;
  arrived: { at: string; way: Way };
  due: Due | null;
  step: Step | null;
  owner: Officer | null;
  handedTo: Officer | null;
  /** Who has it open now. */
  viewers: Officer[];
  unread: number;
  waits: boolean;
  /** The person says that the rank is wrong. */
  objection: boolean;
  /** Another phone leads its trip, and nobody has said whose that is. */
  moved: boolean;
  /** Said since then that all is well. */
  well: string | null;
  /** The cases that are one with it, and the one that speaks for it. */
  joined: number[];
  joinedTo: number | null;
  hasPhone: boolean;
};

/** Many alike, folded into one line. */
export type Flood = {
  number: number;
  alike: number;
  withMore: number;
  rank: Rank;
  words: string | null;
  since: string;
  late: string | null;
};
export type Task = {
  at: string;
  kind: 'test_line' | 'confirm_level' | 'test_sms' | 'handover' | 'exercise';
  title: string;
  detail: string;
  level: number | null;
};
export type Sky = { city: string; zone: string; officer: string; altitude: number };
export type Count = { count: number; at: string | null };
export type Counts = { nobody: Count; late: Count; promised: Count; no_step: Count; waits: Count; mine: Count };

/** Whose turn it is: the officer on duty, and who is woken where that one does not take it. */
export type DutyPlace = 'first' | 'next';
/** One officer's turn on the rota. */
export type Duty = { id: number; officer: Officer; place: DutyPlace; from: string; until: string };
/** One officer who was to be woken. `over`: somebody took what it was about before it went. */
export type Wake = {
  id: number;
  officer: Officer;
  at: string;
  cases: number[];
  /** Of the SMS. */
  state: 'waits' | 'on_its_way' | 'sent' | 'refused' | 'no_number' | 'over';
  /** Absent where none was to go. */
  push?: 'taken' | 'on_its_way' | 'waits' | 'over' | 'gone' | 'refused';
};
/** Who is woken for a life that nobody takes. */
export type Night = {
  onDuty: { officer: Officer; place: DutyPlace; hasNumber: boolean; hasPush: boolean }[];
  /** Within the last hour, the newest first. */
  wakes: Wake[];
  /** Whoever brings SMS has asked within the last minute. */
  smsGoes: boolean;
  /** The same of whoever carries pushes. */
  pushGoes: boolean;
};

export type Board = {
  /** The list's version and time stand on every screen and print. */
  version: number;
  at: string;
  event: { name: string; since: string; gold: string; exercise: boolean } | null;
  counts: Counts;
  cases: CaseRow[];
  floods: Flood[];
  closed: string | null;
  next: Task[];
  sky: Sky[];
  /** When the front was heard last, and since when it has been away. */
  front: { heard: string | null; away: string | null };
  logWhole: boolean;
  /** Who takes a call down now. */
  drafts: WireDraftView[];
  night: Night;
  /** Who looked people up more often than is usual. */
  manyLookUps: { officer: Officer; count: number }[];
};

export type Where = { city: string | null; post: string | null; zone: string };
export type Session = {
  officer: Officer;
  until: string;
  standby: boolean;
  home: Where;
  mission: Where | null;
  rights: ReadonlySet<Right>;
  /** Which roles this officer gives and ends. */
  makes: Role[];
};

export type Member = { name: string; phone: string | null; group: string | null };
export type Need =
  | { what: 'medicine'; name: string | null; days: number | null; who: string | null }
  | { what: 'wheelchair' | 'pregnant' | 'infant'; who: string | null };
export type Consent = { what: 'call_if_silent' | 'say_safe' | 'say_where' | 'say_health'; given: boolean };
/** Who travels together by one phone. `of`: the case that it came with, where that is another one. */
export type Party = {
  of: number | null;
  people: number;
  children: number;
  members: Member[];
  phone: string | null;
  kin: { name: string; phone: string } | null;
  needs: Need[];
  consents: Consent[];
};
/** `of`: the case that it came with, where that is another one. */
export type Line = { of: number | null } & (
  | {
      kind: 'message';
      at: string;
      text: string;
      lang: string | null;
      quick: Quick | null;
      marks: Mark[];
    }
  | {
      kind: 'answer';
      at: string;
      officer: string;
      text: string;
      lang: string | null;
      state: 'waiting' | 'at_front' | 'refused';
      silent: boolean;
    }
  | { kind: 'event'; at: string; event: WireEvent }
);
/** What a message says beside its words. */
export type Mark = 'objection' | 'closes';
export type Promised = { id: number; what: string; due: Due };
export type Stop = {
  from: string;
  phase: 'past' | 'now' | 'ahead';
  country: string;
  airport: string | null;
  detail: string | null;
  noTicket: boolean;
};
export type Closed = {
  at: string;
  by: string | null;
  outcome: Outcome;
  word: string | null;
  wordMissing: string | null;
};

/** What a caller said, as it was taken down under a case. */
export type ToldByVoice = {
  number: number;
  by: Speaker;
  caller: string;
  callerPhone: string | null;
  phone: string | null;
  born: string | null;
  document: string | null;
  what: (NeedCode | 'lost_touch')[];
  medicineDays: number | null;
  text: string;
  readBack: boolean;
};
/** When the person was asked, or answered. */
export type Sign = { answer: 'yes' | 'no' | null; at: string };

export type Case = {
  row: CaseRow;
  lang: string | null;
  /** Why it has its rank, as the person was told. */
  toldReason: string | null;
  /** Each as its phone registered it: whether two are partly the same people nobody has said. */
  parties: Party[];
  lines: Line[];
  promises: Promised[];
  trip: Stop[];
  /** How many sealed parts did not open. */
  shut: number;
  /** What came by SMS, from which number, and to which case where that is joined. */
  sms: { id: string; from: string; at: string; of: number | null }[];
  canWrite: boolean;
  closed: Closed | null;
  calls: ToldByVoice[];
  signs: Sign[];
  joined: CaseRow[];
};

/** People in a place at a time; what is not known is not there. */
export type Figures = {
  /** The figure that is said, and between which it may be. */
  count: number;
  low: number;
  high: number;
  safe: number;
  help: number;
  stranded: number;
  silent: number;
  /** Beside the figure that is said: past their plan, and of one phone beyond a party. */
  overdue: number;
  unconfirmed: number;
  helpWithoutTrip: number;
  /** Since the last table; absent before the first. */
  change: number | null;
};
export type PlaceCount = Figures & { country: string };
export type AirportCount = Figures & { airport: string };
/** The total as it was known at a time; `printed` as a table, or taken along. */
export type Point = { at: string; low: number; likely: number; high: number; printed: boolean };
export type Harm = WireHarm['kind'];
export type HarmWord = { kind: Harm; confirmed: number | null; checking: number | null; source: string; at: string };
export type Headcount = {
  version: number;
  at: string;
  /** When it was known, where that is not now. */
  then: string | null;
  /** Since when nothing new of the register is known. */
  away: string | null;
  total: Figures;
  places: PlaceCount[];
  /** Who waits in transit there; they are in their country's count. */
  airports: AirportCount[];
  printed: string | null;
  harms: HarmWord[];
};

/** An incident with its log, the oldest line first. */
export type Incident = {
  number: number;
  open: boolean;
  lines: {
    at: string;
    what: WireIncident['lines'][number]['what'];
    officer: string | null;
    text: string | null;
    reason: string | null;
  }[];
};
export type LogEntry =
  | { act: 'open'; name: string; reason: string }
  | { act: 'decide'; text: string; reason: string }
  | { act: 'note'; text: string }
  | { act: 'close'; reason: string }
  | { act: 'reopen'; incident: number; reason: string };

/** A page of the log, the newest line first. */
export type AuditPage = {
  lines: { line: number; at: string | null; account: string; deed: string; number: number | null; more: string }[];
  whole: boolean;
  brokenAt: number | null;
};
