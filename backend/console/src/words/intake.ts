// What is said of calls, of who may be meant, and of letters to many. Each table is complete, or it does not compile.
import { languageName } from '@ui/lib/words/languages';
import type { Candidate } from '../api/intake';
import type { Announced, Fact, Intent, Match, NeedCode, Said } from '../api/wire_intake';
import type { WordBy } from '../api/wire';
import { desk } from '../desk.svelte';
import { countryName } from './countries';
import { m } from './index';

type Say = () => string;

export const whoWords: Record<WordBy, Say> = {
  traveller: m.by_traveller,
  proxy: m.by_proxy,
  relative: m.by_relative,
  airline: m.by_airline,
  officer: m.by_officer,
  unknown: m.by_unknown,
};

export const whatWords: Record<NeedCode | 'lost_touch', Say> = {
  trapped: m.what_trapped,
  violence: m.what_violence,
  injured: m.what_injured,
  child_alone: m.what_child_alone,
  detained: m.what_detained,
  medical: m.what_medical,
  shelter: m.what_shelter,
  stranded: m.what_stranded,
  documents: m.what_documents,
  money: m.what_money,
  lost_touch: m.what_lost_touch,
};

export const factWords: Record<Fact, Say> = {
  number: m.fact_number,
  name: m.fact_name,
  birth_date: m.fact_birth_date,
  document: m.fact_document,
  kin: m.fact_kin,
};

/** Why they may be the same person. */
export const agreeWords = ({ agree }: Pick<Candidate, 'agree'>): string =>
  agree.map((fact) => factWords[fact]()).join(', ');

export const saidWordsOf: Record<Said, Say> = {
  safe: m.said_safe,
  need_help: m.said_need_help,
  stranded: m.said_stranded,
  left: m.said_left,
  nothing: m.said_nothing,
};

export const intentWords: Record<Intent, Say> = {
  wants_out: m.intent_wants_out,
  stays: m.intent_stays,
  on_the_way: m.intent_on_the_way,
  out: m.intent_out,
};

export const announcedWords: Record<Announced, Say> = { loud: m.many_loud, silent: m.many_silent };

/** To whom a letter goes. */
export const matchWords = ({ country, airport, said, intent, language }: Match): string[] => [
  ...(country ? [`${m.many_country()}: ${countryName(country)}`] : []),
  ...(airport ? [`${m.many_airport()}: ${airport}`] : []),
  ...(said ? [`${m.many_said()}: ${saidWordsOf[said]()}`] : []),
  ...(intent ? [`${m.many_intent()}: ${intentWords[intent]()}`] : []),
  ...(language ? [`${m.many_language()}: ${languageName(language, desk.lang)}`] : []),
];
