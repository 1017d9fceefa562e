// The languages of the console, which are those of its letters.
import type { Lang } from '../api/types';

export const LANGS: Lang[] = ['kk', 'ru', 'en'];

/** The one of them that a tag names; `null` where it names another. */
export const langOf = (tag: string | null): Lang | null => LANGS.find((lang) => lang === tag) ?? null;
