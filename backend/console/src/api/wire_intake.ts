// What the desk's REST says of calls, of who may be meant, of letters to many and of officers.
import type { Lang } from './types';
import type { WireOfficer, WireRow, WordBy } from './wire';

export type NeedCode =
  | 'trapped'
  | 'violence'
  | 'injured'
  | 'child_alone'
  | 'detained'
  | 'medical'
  | 'shelter'
  | 'stranded'
  | 'documents'
  | 'money';
export type WireIntake = {
  by: WordBy;
  caller_name: string;
  caller_number: string;
  number: string;
  name: string;
  birth_date: string;
  document: string;
  place: string;
  country?: string | null;
  airport?: string | null;
  lost_touch: boolean;
  needs: NeedCode[];
  people?: number | null;
  medicine_days?: number | null;
  may_write?: boolean | null;
  may_call?: boolean | null;
  safe_when: string;
  language?: string | null;
  text: string;
  read_back: boolean;
};
export type WireDraftView = {
  id: string;
  officer: WireOfficer;
  began_at: string;
  changed_at: string;
  writing: boolean;
};
export type WireDraft = WireDraftView & { intake: WireIntake; counter: number };

export type Fact = 'number' | 'name' | 'birth_date' | 'document' | 'kin';
export type Description = { number: string; name: string; birth_date: string; document: string; kin: string };
export type WireCandidate = {
  case?: WireRow;
  trip?: string;
  name: string;
  birth_date?: string;
  agree: Fact[];
  differ: Fact[];
};
export type WireCandidates = { candidates: WireCandidate[]; more: number };
export type WireLookedUp = { probable: boolean; case?: number };

export type Said = 'safe' | 'need_help' | 'stranded' | 'left' | 'nothing';
export type Intent = 'wants_out' | 'stays' | 'on_the_way' | 'out';
export type Match = {
  country?: string | null;
  airport?: string | null;
  said?: Said | null;
  intent?: Intent | null;
  language?: Lang | null;
};
export type Texts = Record<Lang, string>;
export type Announced = 'loud' | 'silent';
export type Receivers = {
  receivers: number;
  kk: number;
  ru: number;
  en: number;
  quiet: number;
  left_out: number;
  second: boolean;
};
export type Mailing = {
  id: number;
  officer: WireOfficer;
  at: string;
  to: Match;
  texts: Texts;
  announced: Announced;
  state: 'waits' | 'sent' | 'dropped';
  second?: WireOfficer;
  receivers: number;
  at_front: number;
  refused: number;
};

export type StaffMember = WireOfficer & {
  passkeys: number;
  last_seen?: string;
  ended_at?: string;
  /** The desk can wake them; the number itself is read back by nobody. */
  has_number: boolean;
  /** A browser of theirs is told before an SMS goes; one of them takes pushes no more. */
  has_push: boolean;
  push_gone: boolean;
};
export type Welcome = { officer: WireOfficer; link: string };
