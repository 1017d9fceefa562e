// What is said within a case. Each table is complete, or it does not compile; that each deed has words is tested.
import type { Case, Consent, Need, Outcome } from '../api/types';
import type { Deed, Quick, WireEvent } from '../api/wire';
import { numberWords, rankWords } from './cases';
import { grouped } from './figures';
import { m } from './index';
import { clockAt } from './times';

type Say = () => string;

export const outcomeWords: Record<Outcome, Say> = {
  helped: m.outcome_helped,
  safe_by_own_word: m.outcome_safe_by_own_word,
  left_the_country: m.outcome_left_the_country,
  handed_to_others: m.outcome_handed_to_others,
  double: m.outcome_double,
  could_not_help: m.outcome_could_not_help,
  mistake: m.outcome_mistake,
  erased: m.outcome_erased,
};
/** What an officer may choose: what is erased closes by itself. */
export const OUTCOMES = (Object.keys(outcomeWords) as Outcome[]).filter((outcome) => outcome !== 'erased');

export const quickWords: Record<Quick, Say> = {
  yes: m.quick_yes,
  no: m.quick_no,
  i_am_there: m.quick_i_am_there,
  i_cannot: m.quick_i_cannot,
  call_me: m.quick_call_me,
  do_not_call: m.quick_do_not_call,
};

/** The case that something came with, where several are one. */
export const ofCase = ({ row, joined }: Case, of: number | null): string =>
  joined.length === 0 ? '' : numberWords(of ?? row.number);

export const consentWords: Record<Consent['what'], Say> = {
  call_if_silent: m.consent_call_if_silent,
  say_safe: m.consent_say_safe,
  say_where: m.consent_say_where,
  say_health: m.consent_say_health,
};

export const needWords: Record<Need['what'], Say> = {
  medicine: m.need_medicine,
  wheelchair: m.need_wheelchair,
  pregnant: m.need_pregnant,
  infant: m.need_infant,
};

type Named = (given: { name: string }) => string;
const byOfficer: Partial<Record<Deed, Named>> = {
  taken: m.deed_taken,
  released: m.deed_released,
  handed: m.deed_handed,
  accepted: m.deed_accepted,
};
const plain: Partial<Record<Deed, Say>> = {
  opened_by_cry: m.deed_opened_by_cry,
  said_again: m.deed_said_again,
  said_well: m.deed_said_well,
  step: m.deed_step,
  step_done: m.deed_step_done,
  promised: m.deed_promised,
  kept: m.deed_kept,
  kind: m.deed_kind,
  noted: m.deed_noted,
  closed: m.deed_closed,
  reopened: m.deed_reopened,
  moved: m.deed_moved,
  move_confirmed: m.deed_move_confirmed,
  erased: m.deed_erased,
  kept_long_enough: m.deed_kept_long_enough,
  cry_gone: m.deed_cry_gone,
  cry_back: m.deed_cry_back,
  taken_down: m.deed_taken_down,
  looked_up: m.deed_looked_up,
  tied: m.deed_tied,
  untied: m.deed_untied,
  letters_held_back: m.deed_letters_held_back,
  asked_for_sign: m.deed_asked_for_sign,
  gave_sign: m.deed_gave_sign,
  refused_sign: m.deed_refused_sign,
};

const withOther: Partial<Record<Deed, (given: { number: string }) => string>> = {
  joined: m.deed_joined,
  parted: m.deed_parted,
};

/** One line of what happened: the deed, its words, until when, and who did it. */
export function eventWords({ what, officer, text, word, due, rank, to, case: other }: WireEvent): string[] {
  const named = byOfficer[what];
  const ofOther = other === undefined ? undefined : withOther[what]?.({ number: grouped(other) });
  const deed = ofOther ?? (named ? named({ name: officer?.name ?? '' }) : deedWords(what, rank));
  const said = text ?? word?.words ?? to;
  return [
    said === undefined ? deed : `${deed}: ${said}`,
    ...(due === undefined ? [] : [m.step_until({ at: clockAt(due) })]),
    ...(officer && !named ? [officer.name] : []),
  ];
}

function deedWords(what: Deed, rank: WireEvent['rank']): string {
  if (what === 'ranked' && rank) return m.deed_ranked({ rank: rankWords[rank]() });
  // what a newer desk does, and this page has no words for yet, is named as it names it
  return plain[what]?.() ?? what;
}
