// What somebody in need says that they need: words and signs. Each table is complete, or it does not compile.
import type { LucideIcon } from '@lucide/svelte';
import type { Details, Need } from '../api';
import {
  Bandage,
  BrickWall,
  Document,
  Ellipsis,
  House,
  Locked,
  Airport,
  Medicine,
  Child,
  Shield,
  Wallet,
} from '../parts/icons';
import { m } from './index';
import { isolated } from './isolated';

/** In the words of whoever needs it, and of whoever says it of others. */
type Said = { words: () => string; ofOthers: () => string; icon: LucideIcon };

/** As they are offered: what cannot wait first. A need of a later app is told as another. */
export const needsSaid: Record<Need, Said> = {
  trapped: { words: m.need_trapped, ofOthers: m.need_of_trapped, icon: BrickWall },
  injured: { words: m.need_injured, ofOthers: m.need_of_injured, icon: Bandage },
  medical: { words: m.need_medical, ofOthers: m.need_of_medical, icon: Medicine },
  violence: { words: m.need_violence, ofOthers: m.need_of_violence, icon: Shield },
  detained: { words: m.need_detained, ofOthers: m.need_of_detained, icon: Locked },
  child_alone: { words: m.need_child_alone, ofOthers: m.need_child_alone, icon: Child },
  shelter: { words: m.need_shelter, ofOthers: m.need_of_shelter, icon: House },
  stranded: { words: m.need_stranded, ofOthers: m.need_of_stranded, icon: Airport },
  documents: { words: m.need_documents, ofOthers: m.need_of_documents, icon: Document },
  money: { words: m.need_money, ofOthers: m.need_of_money, icon: Wallet },
  '(other)': { words: m.need_other, ofOthers: m.need_other, icon: Ellipsis },
};

/** In a line beside others; what may harm whoever is read over the shoulder has no such words. */
const short: Record<Need, (() => string) | null> = {
  trapped: m.need_short_trapped,
  injured: m.need_short_injured,
  medical: m.need_short_medical,
  violence: null,
  detained: null,
  child_alone: null,
  shelter: m.need_short_shelter,
  stranded: m.need_short_stranded,
  documents: m.need_short_documents,
  money: m.need_short_money,
  '(other)': m.need_short_other,
};

/** For how many days there is enough of it. */
export const medicineWords = (count: number): string => (count > 0 ? m.medicine_for({ count }) : m.medicine_none());

type Asked = { needs: Need[]; medicine_days: number | null; words: string };

/** What was asked for, in a line: the kinds that may be read by anybody. What is another kind the words tell. */
export function kindsWords({ needs, medicine_days: days, words }: Asked): string {
  const open = needs.flatMap((need) => {
    if (need === 'medical' && days !== null) return [];
    if (need === '(other)' && words.trim() !== '' && !isQuiet(needs)) return [];
    return short[need]?.() ?? [];
  });
  return [...(days === null ? [] : [medicineWords(days)]), ...open].join(', ');
}

/** The same and their words: what is read of one beside the others. */
export const toldWords = (asked: Asked): string =>
  [kindsWords(asked), asked.words.trim()].filter((part) => part !== '').join('. ');

/** Several are in need, and each needs something of their own. */
export function isOfEach({ whom, of_each: each }: Pick<Details, 'whom' | 'of_each'>): boolean {
  if (whom.who !== 'named' || whom.numbers.length < 2 || each.length === 0) return false;
  const said = new Set(each.map(({ needs, medicine_days: days, words }) => JSON.stringify([needs, days, words])));
  return each.length < whom.numbers.length || said.size > 1;
}

/** So much of their own words tells which request it is. */
const MOST = 120;

/** Their own words, in quotation marks and no longer than a glance; none where they may harm. */
export function ownWords({ needs, words }: Asked): string {
  const said = isQuiet(needs) ? [] : [...words.trim().replaceAll(/\s+/gu, ' ')];
  if (said.length === 0) return '';
  const begun = said.slice(0, MOST).join('');
  const whole = said.length <= MOST ? begun : `${begun.replace(/\s\S*$/u, '')}…`;
  return m.case_own_words({ words: isolated(whole) });
}

export const needWords = (need: Need, isOwn: boolean): string =>
  isOwn ? needsSaid[need].words() : needsSaid[need].ofOthers();

export const intentWords: Record<Exclude<NonNullable<Details['intent']>, 'out' | '(other)'>, () => string> = {
  wants_out: m.intent_wants_out,
  stays: m.intent_stays,
  on_the_way: m.intent_on_the_way,
};

/** Who else sees or hears the phone may harm them: they are asked how to reach them. */
export const isQuiet = (needs: Need[]): boolean =>
  needs.some((need) => need === 'violence' || need === 'detained' || need === 'child_alone');
