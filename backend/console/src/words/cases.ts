// What is said of a case. Each table is complete, or it does not compile.
import type { CaseRow, Counts, Flood, Place, Rank, Role, Speaker, Tag, Way } from '../api/types';
import type { BecauseCode } from '../api/wire';
import { m } from './index';
import { countryName } from './countries';
import { grouped } from './figures';
import { ageOf, moment } from './times';

type Say = () => string;

export const rankWords: Record<Rank, Say> = {
  life: m.rank_life,
  hours: m.rank_hours,
  today: m.rank_today,
  planned: m.rank_planned,
};

export const roleWords: Record<Role, Say> = {
  gold: m.role_gold,
  silver: m.role_silver,
  bronze: m.role_bronze,
  call_taker: m.role_call_taker,
  publisher: m.role_publisher,
  approver: m.role_approver,
  key_keeper: m.role_key_keeper,
  auditor: m.role_auditor,
};

export const wayWords: Record<Way, Say> = {
  check_in: m.way_app,
  message: m.way_message,
  call: m.way_call,
  sms: m.way_sms,
  intake: m.way_intake,
};

export const tagWords: Record<Tag, Say> = {
  no_letters: m.tag_no_letters,
  write_only: m.tag_write_only,
  quiet: m.tag_quiet,
  child_alone: m.tag_child_alone,
  unconfirmed: m.tag_unconfirmed,
};

export const tileWords: Record<keyof Counts, Say> = {
  nobody: m.tile_nobody,
  late: m.tile_late,
  promised: m.tile_promised,
  no_step: m.tile_no_step,
  waits: m.tile_waits,
  mine: m.tile_mine,
};

const becauseWords: Record<BecauseCode, Say> = {
  trapped: m.why_trapped,
  violence: m.why_violence,
  detained: m.why_detained,
  child_alone: m.why_child_alone,
  injured: m.why_injured,
  medicine_out: m.why_medicine_out,
  medicine_soon: m.why_medicine_soon,
  call_unanswered: m.why_call_unanswered,
  infant: m.why_infant,
  pregnant: m.why_pregnant,
  wheelchair: m.why_wheelchair,
  stranded: m.why_stranded,
  shelter: m.why_shelter,
  documents: m.why_documents,
  money: m.why_money,
  need_help: m.why_need_help,
  lost_touch: m.why_lost_touch,
  shut: m.why_shut,
};

const speakers: Record<Speaker, Say> = {
  traveller: m.said_own,
  proxy: m.said_proxy,
  relative: m.said_relative,
  airline: m.said_airline,
  officer: m.said_officer,
  unknown: m.said_unknown,
};

/** An officer's reason stands for the criteria; the person's words stand beside either, and that all is well since. */
export function reasons({ why, well }: CaseRow): string[] {
  const { because } = why;
  const days = because.medicine_days;
  const first = days !== null && days > 0 ? m.why_medicine({ count: days }) : becauseWords[because.code]();
  const criteria = [first, ...because.also.map((code) => becauseWords[code]())].join(', ');
  const quoted = why.words === null ? [] : [m.quoted({ words: why.words })];
  const since = well === null ? [] : [m.why_well({ at: moment(well) })];
  return [why.reason ?? criteria, ...quoted, ...since];
}

/** Whose word it is, and when it was said. */
export const saidWords = ({ why }: CaseRow): string => `${speakers[why.by]()}, ${moment(why.at)}`;

/** The rank's sentence. */
export const sentence = (row: CaseRow): string[] => [...reasons(row), saidWords(row)];

export function placeName({ country, airport, said }: Place): string {
  const parts = [said ?? countryName(country), ...(airport === null ? [] : [airport])];
  return parts.join(', ');
}

export function placeKnown({ known, at }: Place): string {
  return `${known === 'own_word' ? m.known_own() : m.known_plan()} · ${ageOf(at)}`;
}

/** "№ 4 812". */
export const numberWords = (number: number): string => m.of_case({ number: grouped(number) });

export const nameOf = (row: Pick<CaseRow, 'name' | 'people'>): string => row.name ?? m.no_name({ count: row.people });

/** How many beside the one who is named. */
export const moreOf = ({ name, people }: Pick<CaseRow, 'name' | 'people'>): number => (name === null ? 0 : people - 1);

/** "Есенова Айгерім +3". */
export function wholeName(row: CaseRow): string {
  const more = moreOf(row);
  return more > 0 ? `${nameOf(row)} +${more}` : nameOf(row);
}

/** "СБ" of "Сауле Б.". */
export const initials = (name: string): string =>
  name
    .split(/\s+/)
    .map((word) => word[0] ?? '')
    .join('')
    .slice(0, 2)
    .toUpperCase();

/** "Есенова +3": enough to see whom a button takes. */
export function shortName(row: CaseRow): string {
  const first = row.name?.split(/\s+/)[0] ?? nameOf(row);
  return moreOf(row) > 0 ? `${first} +${moreOf(row)}` : first;
}

export const floodWords = ({ alike, words }: Flood): string =>
  words === null ? m.flood_silent({ count: grouped(alike) }) : m.flood_alike({ count: grouped(alike), text: words });
