// Countries by their two letters, from the atlas: names in three languages, and a time zone.
import airportTable from '@atlas/airport-cities.tsv?raw';
import table from '@atlas/countries.tsv?raw';
import type { Lang } from '../api/types';
import { desk } from '../desk.svelte';

type Country = { names: Record<Lang, string>; zone: string; number: number; also: string[] };

const countries = new Map(
  table
    .split('\n')
    .slice(1)
    .map((line) => line.split('\t'))
    .map(([code = '', kk = '', ru = '', en = '', number = '', zone = '', also = '']): [string, Country] => [
      code,
      { names: { kk, ru, en }, zone, number: Number(number), also: also.split(',').map((one) => one.trim()) },
    ]),
);
// the airports of cities that are known; their key begins with the country
const airports = new Map(
  airportTable
    .split('\n')
    .slice(1)
    .map((line) => line.split('\t'))
    .map(([code = '', city = '']): [string, string] => [code, city.slice(0, 2).toUpperCase()]),
);

/** Its code where the atlas does not know it. */
export const countryIn = (lang: Lang, code: string): string => countries.get(code)?.names[lang] ?? code;
export const countryName = (code: string): string => countryIn(desk.lang, code);
export const zoneOf = (code: string): string | null => countries.get(code)?.zone ?? null;
export const numericOf = (code: string): number | null => countries.get(code)?.number ?? null;

/** The country of an airport, where it is one that is known. */
export const airportIn = (code: string): string | null => airports.get(code) ?? null;

/** The country that is called this in any of the languages, or by its letters. */
export function codeOf(typed: string): string | null {
  const wanted = typed.trim().toLowerCase();
  if (wanted === '') return null;
  const is = (name: string): boolean => name.toLowerCase() === wanted;
  const all = [...countries];
  // its own name before what it is called beside it
  const found =
    all.find(([code, { names }]) => is(code) || Object.values(names).some(is)) ??
    all.find(([, { also }]) => also.some(is));
  return found && found[0] !== '' ? found[0] : null;
}
export const allCountries = (): string[] => [...countries.keys()].filter((code) => code !== '');
