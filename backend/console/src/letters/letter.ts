// A letter to many: to whom, and its words in three languages. Pure.
import type { Lang } from '../api/types';
import { LANGS } from '../words/langs';
import type { Announced, Intent, Match, Said, Texts } from '../api/wire_intake';

export const SAID: Said[] = ['safe', 'need_help', 'stranded', 'left', 'nothing'];
export const INTENTS: Intent[] = ['wants_out', 'stays', 'on_the_way', 'out'];

export type To = { country: string; airport: string; said: Said | null; intent: Intent | null; language: Lang | null };
export const nobody = (): To => ({ country: '', airport: '', said: null, intent: null, language: null });
export const noWords = (): Texts => ({ kk: '', ru: '', en: '' });

/** What the desk is asked; `null` where a country or an airport is none. */
export function match(to: To, codeOf: (name: string) => string | null): Match | null {
  const country = to.country.trim() === '' ? undefined : codeOf(to.country);
  const airport = to.airport.trim().toUpperCase();
  if (country === null || (airport !== '' && !/^[A-Z]{3}$/.test(airport))) return null;
  const found: Match = {
    ...(country === undefined ? {} : { country }),
    ...(airport === '' ? {} : { airport }),
    ...(to.said === null ? {} : { said: to.said }),
    ...(to.intent === null ? {} : { intent: to.intent }),
    ...(to.language === null ? {} : { language: to.language }),
  };
  return Object.keys(found).length === 0 ? null : found;
}

type Sayable = { to: Match; texts: Texts; announced: Announced };
/** The same words, to the same, in the same manner. */
export const isOf = (one: Sayable, other: Sayable): boolean =>
  one.announced === other.announced &&
  LANGS.every((lang) => one.texts[lang] === other.texts[lang]) &&
  (['country', 'airport', 'said', 'intent', 'language'] as const).every(
    (what) => (one.to[what] ?? null) === (other.to[what] ?? null),
  );

export const isWhole = (texts: Texts): boolean => LANGS.every((lang) => texts[lang].trim() !== '');
