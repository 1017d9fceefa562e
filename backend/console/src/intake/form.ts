// What is taken down while somebody talks. Pure.
import type { Lang } from '../api/types';
import type { WordBy } from '../api/wire';
import { langOf } from '../words/langs';
import type { Description, NeedCode, WireIntake } from '../api/wire_intake';

export const WHO: WordBy[] = ['traveller', 'proxy', 'relative', 'airline', 'officer'];
export const WHAT: NeedCode[] = [
  'trapped',
  'violence',
  'injured',
  'child_alone',
  'detained',
  'medical',
  'shelter',
  'stranded',
  'documents',
  'money',
];

/** What stands on the screen: all of it is kept, and comes back. Where a place is, is read out of its words each time. */
export type Form = Required<Omit<WireIntake, 'country' | 'airport'>>;

export const empty = (): Form => ({
  by: 'unknown',
  caller_name: '',
  caller_number: '',
  number: '',
  name: '',
  birth_date: '',
  document: '',
  place: '',
  lost_touch: false,
  needs: [],
  people: null,
  medicine_days: null,
  may_write: null,
  may_call: null,
  safe_when: '',
  language: null,
  text: '',
  read_back: false,
});

export function formOf({ country: _country, airport: _airport, ...form }: WireIntake): Form {
  return { ...empty(), ...form };
}

export const isEmpty = (form: Form): boolean => JSON.stringify(form) === JSON.stringify(empty());

/** Who calls for themselves is the person: there is one number and one name. */
export const isOwn = ({ by }: Form): boolean => by === 'traveller';

/** Calling codes of countries that have one digit or two; the others have three (ITU-T E.164). */
const CODE = /^(?:[17]|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|\d{3})/;

/** A telephone number as it is read aloud: "+971 50 123 45 67" stays as it was typed. */
export function inGroups(number: string): string {
  const typed = number.trim();
  if (/[\s()-]/.test(typed) || !/^\+?\d{5,}$/.test(typed)) return typed;
  const code = typed.startsWith('+') ? (CODE.exec(typed.slice(1))?.[0] ?? '') : '';
  const rest = typed.replace('+', '').slice(code.length);
  // in threes; four at the end are two and two
  const parts = rest.match(/\d{2}(?=\d{2}$)|\d{1,3}/g) ?? [];
  return [...(code ? [`+${code}`] : []), ...parts].join(' ');
}

/** What is read back: the number to call, and the name. */
export function readBack(form: Form): { number: string; name: string } {
  const own = isOwn(form);
  const number = own ? form.number || form.caller_number : form.caller_number || form.number;
  return { number: inGroups(number), name: (own ? form.name || form.caller_name : form.name).trim() };
}

const KAZAKH = 'әғқңөұүһі';
/** A name letter by letter; those that Russian lacks are marked. */
export const spelled = (name: string): { letter: string; kazakh: boolean }[] =>
  [...name.toUpperCase()].map((letter) => ({ letter, kazakh: KAZAKH.includes(letter.toLowerCase()) }));

/** The country and the airport that are named among the words of a place. "UAE" is no airport: an airport is one that
 *  is known, of the country that is named. */
export function placed(
  place: string,
  codeOf: (name: string) => string | null,
  airportIn: (code: string) => string | null,
): { country?: string; airport?: string } {
  const parts = place.split(/[,;]/).map((part) => part.trim());
  const country = parts.map(codeOf).find((code) => code !== null);
  const airport = parts
    .flatMap((part) => part.split(/\s+/))
    .find((word) => airportIn(word) !== null && airportIn(word) === (country ?? airportIn(word)));
  return { ...(country ? { country } : {}), ...(airport ? { airport } : {}) };
}

/** Whether somebody can be found by it. */
export const isEnough = ({ number, caller_number, place }: Form): boolean =>
  [number, caller_number, place].some((text) => text.trim() !== '');

export function description(form: Form): Description {
  const own = isOwn(form);
  return {
    number: own ? form.number || form.caller_number : form.number,
    name: own ? form.name || form.caller_name : form.name,
    birth_date: form.birth_date,
    document: form.document,
    kin: own ? '' : form.caller_number,
  };
}

/** How many facts of the person are said: two are needed to ask. */
export const facts = ({ number, name, birth_date, document }: Description): number =>
  [number, name, birth_date, document].filter((text) => text.trim().length >= 4).length;

/** A whole number from `least` on, or nothing was said. */
export function count(typed: string, least: 0 | 1): number | null {
  const number = Number(typed);
  return typed.trim() !== '' && Number.isInteger(number) && number >= least ? number : null;
}

const NO_CALL: NeedCode[] = ['violence', 'detained', 'child_alone'];
/** Which sentence the caller is told. */
export function scriptOf({ lost_touch, may_call, needs }: Form): 'sought' | 'no_call' | 'help' {
  if (lost_touch) return 'sought';
  return may_call === false || needs.some((one) => NO_CALL.includes(one)) ? 'no_call' : 'help';
}

export const scriptLang = (form: Form, lang: Lang): Lang => langOf(form.language) ?? lang;
