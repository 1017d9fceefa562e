// What is said of a text that somebody passed on: its title first, then what to do.
import type { Answer, Said, View } from '../api';
import { m, pick } from './index';
import { isolated } from './isolated';
import { speakerWords } from './speaker';
import { ago, bothTimes } from './when';

type Around = Pick<View, 'here'>;
type Reach = Pick<View['contact'], 'link'>;

const of = (answer: Answer, answers: Answer['emergency'][number]['answers']) =>
  answer.emergency.filter((one) => one.answers === answers).map(({ number }) => number);

/** Emergency numbers of where the traveller is that stand in the text. */
export const localIn = (answer: Answer): string[] => of(answer, 'here');

/** Somebody else's number or link stands in it. */
const isForeign = (answer: Answer): boolean =>
  answer.passages.some(({ numbers, links }) =>
    [...numbers, ...links].some(({ name, is_on_its_site }) => name === null && !is_on_its_site),
  );

const isOwn = ({ is_its_own }: Answer['passages'][number]): boolean => is_its_own;

const isOver = (said: Said | null): boolean => said?.holds?.state === 'expired' || said?.holds?.state === 'ended';

export function titleOf(answer: Answer, around: Around): string {
  switch (answer.verdict) {
    case 'word_for_word':
      if (answer.passages.some(({ said }) => isOver(said))) return m.verify_yes_over();
      return answer.passages.some(({ said }) => said !== null && said.relayed !== null)
        ? m.verify_yes_relayed()
        : m.verify_yes();
    case 'part':
      return answer.passages.every(isOwn) ? m.verify_joined() : m.verify_part();
    case 'own_contacts':
      return answer.passages.some(({ numbers }) => numbers.length > 0) ? m.verify_own_number() : m.verify_own_link();
    case 'emergency_numbers':
      return numbersTitle(answer, around);
    case 'page_unknown':
      return m.verify_page_unknown();
    case 'no_such_word':
      return m.verify_no();
    case 'cannot_know':
      return answer.passages.some(isOwn) ? m.verify_unknown_rest() : m.verify_unknown();
  }
}

function numbersTitle(answer: Answer, { here }: Around): string {
  const country = here ? pick(here.country_name) : '';
  const [local, elsewhere] = [localIn(answer), of(answer, 'elsewhere')];
  const [one, ...others] = local;
  if (one !== undefined)
    return others.length === 0
      ? m.verify_emergency_one({ country, number: one })
      : m.verify_emergency_many({ country, numbers: local.join(', ') });
  if (elsewhere.length > 0) return m.verify_elsewhere({ country, number: elsewhere.join(', ') });
  return m.verify_any_mobile();
}

/** What to do to know more: a network helps only where it is what is missing. */
export function actOf({ link }: Reach): string {
  switch (link) {
    case 'unreachable':
      return m.verify_act_connect();
    case 'captive_portal':
      return m.verify_act_sign_in();
    case 'server_trouble':
      return m.verify_act_later();
    case 'idle':
      return m.verify_act_wait();
    case 'connected':
      return m.verify_act_unconfirmed();
  }
}

export function moreOf(answer: Answer, reach: Reach): string {
  const age = answer.heard === null ? null : ago(answer.heard);
  const act = actOf(reach);
  switch (answer.verdict) {
    case 'part':
      return answer.passages.every(isOwn) ? m.verify_joined_more() : m.verify_part_more();
    case 'emergency_numbers':
      if (localIn(answer).length > 0) return m.verify_emergency_do();
      return of(answer, 'elsewhere').length > 0 ? m.verify_elsewhere_more() : m.verify_any_mobile_more();
    case 'page_unknown':
      return m.verify_page_unknown_more({ site: isolated(siteIn(answer)) });
    case 'no_such_word':
      return answer.emergency.length > 0 && !isForeign(answer)
        ? m.verify_no_listed({ ago: age ?? '' })
        : m.verify_no_more({ ago: age ?? '' });
    case 'cannot_know':
      return age === null ? m.verify_unknown_none({ act }) : m.verify_unknown_old({ act, ago: age });
    case 'word_for_word':
    case 'own_contacts':
      if (answer.is_fresh) return '';
      return age === null ? m.verify_unknown_none({ act }) : m.verify_found_old({ act, ago: age });
  }
}

const siteIn = (answer: Answer): string => answer.passages.flatMap(({ links }) => links)[0]?.shown ?? '';

/** Whose word a sentence is, of what, and when it was said. */
export function saidWords(said: Said): string {
  return [speakerWords(said.relayed), said.about.map(pick).map(isolated).join(', '), ago(said.issued_at)]
    .filter((words) => words !== '')
    .join('\u00a0· ');
}

/** Whether it holds, and from or up to when. */
export function holdsWords({ holds }: Said): string {
  if (holds === null) return '';
  const when = bothTimes(holds.at);
  switch (holds.state) {
    case 'in_force':
      return m.verify_holds({ when });
    case 'upcoming':
      return m.verify_begins({ when });
    case 'expired':
    case 'ended':
      return m.verify_over_since({ when });
  }
}
