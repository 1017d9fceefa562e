// Countries by their two letters, from the atlas: names in three languages, and a time zone.
import table from '@atlas/countries.tsv?raw';
import type { Lang } from '../api/types';
import { desk } from '../desk.svelte';

type Country = { names: Record<Lang, string>; zone: string; number: number };

const countries = new Map(
  table
    .split('\n')
    .slice(1)
    .map((line) => line.split('\t'))
    .map(([code = '', kk = '', ru = '', en = '', number = '', zone = '']): [string, Country] => [
      code,
      { names: { kk, ru, en }, zone, number: Number(number) },
    ]),
);

/** Its code where the atlas does not know it. */
export const countryIn = (lang: Lang, code: string): string => countries.get(code)?.names[lang] ?? code;
export const countryName = (code: string): string => countryIn(desk.lang, code);
export const zoneOf = (code: string): string | null => countries.get(code)?.zone ?? null;
export const numericOf = (code: string): number | null => countries.get(code)?.number ?? null;

/** The country that is called this in the officer's language, or by its letters. */
export function codeOf(typed: string): string | null {
  const wanted = typed.trim().toLowerCase();
  const found = [...countries].find(([code, { names }]) => {
    return code.toLowerCase() === wanted || names[desk.lang].toLowerCase() === wanted;
  });
  return found && found[0] !== '' ? found[0] : null;
}
export const allCountries = (): string[] => [...countries.keys()].filter((code) => code !== '');
