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

/** What is needed, in one line: whoever looks over the shoulder reads nothing of what may harm them. */
export const openNeeds = (said: { needs: Need[]; medicine_days: number | null; party: number }): string[] => [
  ...said.needs.filter((need) => !isQuiet([need])).map((need) => needWords(need, said.party === 1)),
  ...(said.medicine_days === null ? [] : [`${m.more_medicine_days()}: ${said.medicine_days}`]),
];

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
