// What is said of a text that somebody passed on: its title first, then what to do.
import type { Answer, Said, Target, View } from '../api';
import { leadsTo } from '../targets';
import { siteOf } from './address';
import { m, pick } from './index';
import { isolated } from './isolated';
import { speakerWords } from './speaker';
import { ago, bothTimes, dated, upTo } from './when';

type Reach = Pick<View['contact'], 'link'>;
type Around = Pick<View, 'here'> & { contact: Reach };

const of = (answer: Answer, answers: Answer['emergency'][number]['answers']) =>
  answer.emergency.filter((one) => one.answers === answers).map(({ number }) => number);

/** Emergency numbers of where the traveller is that stand in the text. */
export const localIn = (answer: Answer): string[] => of(answer, 'here');

/** Those of one country where the traveller's people are, and that country; empty where none stands in the text. */
export function thereWords(answer: Answer): string {
  const there = answer.emergency.filter(({ answers }) => answers === 'there');
  const places = there.map(({ country }) => (country === null ? '' : pick(country)));
  const [country] = places;
  if (country === undefined) return '';
  const numbers = there.filter((_, at) => places[at] === country).map(({ number }) => number);
  return m.verify_emergency_there({ country, numbers: numbers.join(', ') });
}

type Passage = Answer['passages'][number];
type Named = Passage['links'][number];
type Whole = NonNullable<Passage['whole']>;

const isOwn = ({ is_its_own }: Passage): boolean => is_its_own;

/** Who sent it on, once each, and that they are not the ministry: anybody can write the ministry's own number there. */
export function sentOnWords(answer: Answer): string {
  const sent = answer.passages.flatMap(({ sent_on: by }) => (by === null ? [] : [by]));
  return lines(...sent.flatMap(({ by, number }) => [m.verify_sent_on({ who: isolated(by) }), notTheirs(number)]));
}

function notTheirs(number: Named | null): string {
  if (number === null) return m.verify_sent_on_name();
  return number.name === null ? m.verify_sent_on_number() : m.verify_sent_on_own();
}

/** Nothing but one number or one link: what it is, the title tells. */
function isOneContact({ passages }: Answer): boolean {
  const said = passages.filter(({ is_around: isAround }) => !isAround);
  const named = said.flatMap(({ numbers, links }) => [...numbers, ...links]);
  return named.length === 1 && said.every(({ is_contact: isContact }) => isContact);
}

/** The numbers and links that somebody put into it: what stands in the ministry's own words is its own. */
const addedIn = (answer: Answer) =>
  answer.passages.filter(({ said }) => said === null).flatMap(({ numbers, links }) => [...numbers, ...links]);

/** Somebody else's number or link stands in it. */
const isForeign = (answer: Answer): boolean =>
  addedIn(answer).some(({ name, is_on_its_site }) => name === null && !is_on_its_site);

/** Numbers and links stand in it, and all are the ministry's. */
const hasOwnContacts = (answer: Answer): boolean => {
  const added = addedIn(answer);
  return added.length > 0 && added.every(({ name }) => name !== null);
};

const isOver = (said: Said | null): boolean => said?.holds?.state === 'expired' || said?.holds?.state === 'ended';

/** Its end has come while the ministry was not heard: it may have been extended. */
export const isUnheard = ({ holds }: Said, { heard }: Answer, { link }: Reach): boolean =>
  holds?.state === 'expired' && link !== 'connected' && (heard === null || Date.parse(heard) < Date.parse(holds.at));

/** How much of the ministry's words in it is over. What ran out while nobody heard the ministry may hold. */
function overIn(answer: Answer, reach: Reach): 'none' | 'some' | 'all' {
  const all = answer.passages.flatMap(({ said }) => (said === null ? [] : [said]));
  const over = all.filter((said) => isOver(said) && !isUnheard(said, answer, reach));
  if (over.length === 0) return 'none';
  return over.length < all.length ? 'some' : 'all';
}

/** All of it is the ministry's, but for what is put around a text. */
const isYes = ({ verdict }: Answer): boolean => verdict === 'word_for_word' || verdict === 'around';

/** Nothing of it is another's but what was changed in the ministry's own sentences. */
const isChanged = (answer: Answer, isSo: (whole: Whole) => boolean): boolean => {
  const others = answer.passages.filter(isOthers);
  return others.length > 0 && others.every(({ whole }) => whole !== null && isSo(whole)) && !isForeign(answer);
};

/** Figures alone. */
export const isOtherFigure = (answer: Answer): boolean => isChanged(answer, (whole) => whole.is_other_figure);

/** Marks that turn a sentence round, and figures. */
const isRepointed = (answer: Answer): boolean =>
  !isOtherFigure(answer) && isChanged(answer, (whole) => whole.is_repointed || whole.is_other_figure);

/** Somebody says it: neither the ministry, nor a messenger around its words, nor is it an emergency number. */
const isOthers = ({ is_its_own: isItsOwn, is_around: isAround, is_emergency: isEmergency }: Passage): boolean =>
  !isItsOwn && !isAround && !isEmergency;

/** Something of it is said by the ministry: a number alone says nothing. */
const isSaid = (answer: Answer): boolean => answer.passages.some(({ said }) => said !== null);

export function titleOf(answer: Answer, around: Around): string {
  const over = overIn(answer, around.contact);
  if (over !== 'none' && !isYes(answer)) return over === 'all' ? m.verify_part_over() : m.verify_some_over();
  if (answer.is_fresh && isOtherFigure(answer)) return m.verify_other_figure();
  if (answer.is_fresh && isRepointed(answer)) return m.verify_repointed();
  switch (answer.verdict) {
    case 'word_for_word':
      return yesTitle(answer, around) ?? m.verify_yes();
    case 'around':
      return yesTitle(answer, around) ?? aroundTitle(answer);
    case 'part':
      if (!isSaid(answer)) return m.verify_no();
      if (answer.passages.every(isOwn)) return m.verify_joined();
      return isForeign(answer) ? m.verify_part() : m.verify_part_some();
    case 'own_contacts':
      return contactsTitle(answer);
    case 'emergency_numbers':
      return numbersTitle(answer, around);
    case 'page_unknown':
      return m.verify_page_unknown();
    case 'app_text':
      return m.verify_app_text();
    case 'question':
      return m.verify_question();
    case 'nothing':
      return m.verify_nothing();
    case 'no_such_word':
      return isOneContact(answer) ? bareTitle(answer) : m.verify_no();
    case 'cannot_know':
      return isSaid(answer) ? m.verify_unknown_rest() : m.verify_unknown();
  }
}

/** What is more of it than that it is the ministry's. */
function yesTitle(answer: Answer, { contact }: Around): string | null {
  const { passages } = answer;
  if (passages.some(({ said }) => said !== null && isUnheard(said, answer, contact))) return m.verify_yes_unheard();
  if (passages.some(({ said }) => isOver(said))) return m.verify_yes_over();
  if (answer.is_other_order) return m.verify_other_order();
  return passages.some(({ said }) => said !== null && said.relayed !== null) ? m.verify_yes_relayed() : null;
}

function aroundTitle(answer: Answer): string {
  if (sentOnWords(answer) !== '') return m.verify_sent();
  return hasLineAround(answer) ? m.verify_around() : m.verify_asked();
}

/** A messenger or a mail put a line around it: who sends it on only asks whether it is true. */
const hasLineAround = ({ passages }: Answer): boolean => passages.some((one) => one.is_around && !one.is_asked);

const hasNumber = (answer: Answer): boolean => answer.passages.some(({ numbers }) => numbers.length > 0);

const bareTitle = (answer: Answer): string => (hasNumber(answer) ? m.verify_number_foreign() : m.verify_link_foreign());

function contactsTitle(answer: Answer): string {
  const added = addedIn(answer);
  const isCited = added.some(({ is_cited: is }) => is);
  if (added.length > 1) return isCited ? m.verify_own_contacts_cited() : m.verify_own_contacts();
  if (isCited) return m.verify_own_link_cited();
  return hasNumber(answer) ? m.verify_own_number() : m.verify_own_link();
}

function numbersTitle(answer: Answer, { here }: Around): string {
  const country = here ? pick(here.country_name) : '';
  const [local, elsewhere] = [localIn(answer), of(answer, 'elsewhere')];
  const [one, ...others] = local;
  if (one !== undefined)
    return others.length === 0
      ? m.verify_emergency_one({ country, number: one })
      : m.verify_emergency_many({ country, numbers: local.join(', ') });
  const there = thereWords(answer);
  if (there !== '') return there;
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

/** What to do, and why. */
export function moreOf(answer: Answer, reach: Reach): string {
  const act = actOf(reach);
  const isHeard = answer.heard !== null;
  if (isOtherFigure(answer) || isRepointed(answer))
    return answer.is_fresh ? m.verify_other_figure_more() : m.verify_found_old({ act });
  switch (answer.verdict) {
    case 'part':
      if (!isSaid(answer)) return notSaidMore(answer);
      if (answer.passages.every(isOwn)) return m.verify_joined_more();
      if (!isForeign(answer)) return lines(m.verify_part_rest(), contactsMore(answer));
      // where the title tells that it is over, what not to do is told here
      return lines(overIn(answer, reach) === 'none' ? '' : m.verify_no_more(), m.verify_part_more());
    case 'emergency_numbers':
      if (localIn(answer).length > 0) return m.verify_emergency_do();
      if (thereWords(answer) !== '') return m.verify_emergency_there_more();
      return of(answer, 'elsewhere').length > 0 ? m.verify_elsewhere_more() : m.verify_any_mobile_more();
    case 'page_unknown':
      return m.verify_page_unknown_more({ site: isolated(siteIn(answer)) });
    case 'app_text':
      return m.verify_app_text_more();
    case 'question':
      return m.verify_question_more();
    case 'nothing':
      return m.verify_nothing_more();
    case 'no_such_word':
      return isOneContact(answer) && !hasNumber(answer) ? m.verify_link_no_more() : notSaidMore(answer);
    case 'cannot_know':
      if (!isHeard) return m.verify_unknown_none({ act });
      return hasOwnContacts(answer)
        ? lines(m.verify_unknown_own({ act }), contactsMore(answer))
        : m.verify_unknown_old({ act });
    case 'around':
      return lines(
        sentOnWords(answer) === '' && hasLineAround(answer) ? m.verify_around_more() : '',
        foundMore(answer, act),
      );
    case 'word_for_word':
    case 'own_contacts':
      return foundMore(answer, act);
  }
}

/** What is said of what was found in an old list. */
const foundMore = (answer: Answer, act: string): string => (answer.is_fresh ? '' : m.verify_found_old({ act }));

const lines = (...said: string[]): string => said.filter((words) => words !== '').join(' ');

function contactsMore(answer: Answer): string {
  if (!hasOwnContacts(answer)) return '';
  return addedIn(answer).some(({ is_cited: is }) => is) ? `${m.verify_own_contacts_cited()}.` : m.verify_contacts_own();
}

/** What to write to whoever sent it; empty where nothing is wrong with it. */
export function replyTo(answer: Answer, reach: Reach): string {
  const over = overIn(answer, reach);
  if (over === 'some') return m.verify_reply_some_over({ app: m.app_name() });
  if (over === 'all')
    return (answer.passages.some(isOthers) ? m.verify_reply_part_over : m.verify_reply_over)({ app: m.app_name() });
  if (answer.is_fresh && (isOtherFigure(answer) || isRepointed(answer))) {
    const words = answer.passages.filter(isOthers).map(({ whole }) => (whole === null ? '' : wordsOf(whole)));
    const reply = isRepointed(answer) ? m.verify_reply_repointed : m.verify_reply_figure;
    return reply({ app: m.app_name(), words: words.join(' ') });
  }
  if (answer.verdict === 'no_such_word') return m.verify_reply_no({ app: m.app_name() });
  if (answer.verdict !== 'part') return '';
  return isSaid(answer) && !answer.passages.every(isOwn) ? m.verify_reply_part({ app: m.app_name() }) : '';
}

/** Who was told that it is not so, or only asks, still wants to know what holds. */
export const wantsTopics = ({ verdict }: Answer): boolean =>
  verdict === 'no_such_word' || verdict === 'part' || verdict === 'cannot_know' || verdict === 'question';

/** What to look up for them: what was asked, or what the ministry did not say; a number or a link alone asks for nothing. */
export const lookedUp = ({ passages }: Answer): string =>
  passages
    .filter((passage) => isOthers(passage) && !passage.is_contact)
    .map(({ text }) => text)
    .join(' ')
    .slice(0, MOST_LOOKED_UP);

const MOST_LOOKED_UP = 200;

/** The topics of the entries that the answer names, those that say more of what was asked first. */
export function topicsOf(
  { passages }: Answer,
  advisories: Pick<View['advisories'][number], 'id' | 'topics'>[],
): string[] {
  const named = [...passages.map(({ whole }) => whole?.said), ...passages.map(({ said }) => said)];
  const ids = named.flatMap((said) => {
    const page = said?.page;
    if (page?.kind === 'topic') return [page.id];
    return page?.kind === 'advisory' ? (advisories.find(({ id }) => id === page.id)?.topics ?? []) : [];
  });
  return [...new Set(ids)];
}

function notSaidMore(answer: Answer): string {
  if (hasOwnContacts(answer)) return lines(m.verify_no_pay(), contactsMore(answer));
  return answer.emergency.length > 0 && !isForeign(answer) ? '' : m.verify_no_more();
}

/** How old what it was compared with is: a yes too is one of that moment. Neither whom an emergency number reaches
 *  nor how the app writes is of it. */
export const ageOf = ({ verdict, heard }: Answer): string =>
  heard === null || AGELESS.includes(verdict) ? '' : m.verify_listed({ ago: ago(heard) });

const AGELESS: Answer['verdict'][] = ['emergency_numbers', 'app_text', 'question', 'nothing'];

/** What is said of the words of a passage that are not the ministry's. */
export function unsaidWords(answer: Answer, { whole, is_asked: isAsked }: Passage): string {
  if (isAsked) return m.verify_asks();
  if (answer.verdict === 'question') return '';
  if (!answer.is_fresh) return m.verify_unknown();
  if (whole?.is_other_figure) return m.verify_other_figure();
  if (whole?.is_repointed) return m.verify_repointed();
  return isSaid(answer) ? m.verify_added() : m.verify_not_said();
}

const siteIn = (answer: Answer): string => answer.passages.flatMap(({ links }) => links)[0]?.shown ?? '';

/** Whose word a sentence is, of what, and when it was said. */
export function saidWords(said: Said): string {
  return [
    speakerWords(said.relayed),
    // an area may be called as its country in one language only
    [...new Set(said.about.map(pick))].map(isolated).join(', '),
    said.issued_at === null ? m.verify_guide() : ago(said.issued_at),
  ]
    .filter((words) => words !== '')
    .join('\u00a0· ');
}

/** Whether it holds, and from or up to when; `unheard`: nobody here knows whether it was extended. */
export function holdsWords({ holds }: Said, unheard: boolean): string {
  if (holds === null) return '';
  const when = bothTimes(holds.at);
  switch (holds.state) {
    case 'in_force':
      return m.verify_holds({ when: upTo(holds.at) });
    case 'upcoming':
      return m.verify_begins({ when });
    case 'expired':
      return unheard ? m.advisory_unheard_until({ when }) : m.verify_over_since({ when });
    case 'ended':
      return m.verify_over_since({ when });
  }
}

/** What is said of a number that the ministry does not have; empty where the title says it. */
export function numberWords(answer: Answer): string {
  if (isOneContact(answer)) return '';
  return answer.is_fresh ? m.verify_number_foreign() : m.verify_unknown();
}

/** Whose a link is; empty where the title says it. */
export function linkWords({ name, is_cited: isCited, is_on_its_site: isOnItsSite }: Named, answer: Answer): string {
  if (name !== null) return (isCited ? m.verify_link_cited : m.verify_link_own)({ name: pick(name) });
  if (isOneContact(answer)) return '';
  if (isOnItsSite) return m.verify_link_unknown();
  return answer.is_fresh ? m.verify_link_foreign() : m.verify_unknown();
}

/** Which site an address is of, where more stands before it: the last of its names alone say so. */
export function siteWords({ shown, name, is_on_its_site: isOnItsSite }: Named): string {
  const site = siteOf(shown);
  const isMore = shown !== site && shown !== `www.${site}`;
  return name === null && !isOnItsSite && isMore ? m.verify_link_end({ site: isolated(site) }) : '';
}

/** Which letters of a text are of another alphabet than their words. */
export const falseInWords = ({ false_letters: letters }: Passage): string =>
  letters === '' ? '' : m.verify_false_words({ letters: [...letters].map(isolated).join(', ') });

/** Which letters of an address are of another alphabet. */
export const falseWords = ({ false_letters: letters }: Named): string =>
  letters === '' ? '' : m.verify_false_letters({ letters: [...letters].map(isolated).join(', ') });

/** What the ministry does say, where somebody cut or turned it. */
export const wholeWords = ({ whole }: Passage): string =>
  whole === null ? '' : m.verify_whole({ words: isolated(wordsOf(whole)) });

function wordsOf({ words, tells }: Whole): string {
  switch (tells?.kind) {
    case 'issued':
      return m.advisory_issued({ when: dated(tells.at) });
    case 'begins':
      return m.advisory_begins({ when: dated(tells.at) });
    case 'ends':
      return m.advisory_ends({ when: dated(tells.at) });
    case undefined:
      return words;
  }
}

/** Which other places or topics the ministry says the same of. */
export const alsoWords = ({ also }: Passage): string =>
  also.length === 0 ? '' : m.verify_also({ places: also.map(pick).map(isolated).join(', ') });

/** Sentences as they are shown: those of one entry that follow one another together, and where they lead. */
export type Shown = { passage: Passage; texts: string[]; leads: string | null };

/** Whose word it is is said once of what stands together, and the first of a page alone leads there. */
export function together(passages: Passage[], hasPage: (page: Target) => boolean): Shown[] {
  const led = new Set<string>();
  const shown: Shown[] = [];
  for (const passage of passages) {
    const before = shown.at(-1);
    if (before && isSameWord(before.passage, passage)) {
      before.texts.push(passage.text);
      continue;
    }
    const page = (passage.said ?? passage.whole?.said)?.page;
    const leads = page && hasPage(page) ? leadsTo(page) : null;
    shown.push({ passage, texts: [passage.text], leads: leads !== null && led.has(leads) ? null : leads });
    if (leads !== null) led.add(leads);
  }
  return shown;
}

const isSameWord = (before: Passage, next: Passage): boolean =>
  before.said !== null && JSON.stringify([before.said, before.also]) === JSON.stringify([next.said, next.also]);
