// A day as people type it, in any of the app's languages, with or without its year.
import { readDate, two, type Civil } from './calendar';

const DAY_MS = 86_400_000;
/** No day is written with more letters; what is pasted may be endless. */
const LONGEST = 40;
/** A day without a year is the one from so many days ago on. */
const DAYS_BACK = 60;

const NAMED: Record<string, number> = {
  бүгін: 0,
  ертең: 1,
  бүрсігүні: 2,
  сегодня: 0,
  завтра: 1,
  послезавтра: 2,
  today: 0,
  tomorrow: 1,
};

/** Their first three letters tell the months apart, in all three languages at once. */
const MONTHS: string[][] = [
  ['қаң', 'янв', 'jan'],
  ['ақп', 'фев', 'feb'],
  ['нау', 'мар', 'mar'],
  ['сәу', 'апр', 'apr'],
  ['мам', 'май', 'мая', 'may'],
  ['мау', 'июн', 'jun'],
  ['шіл', 'июл', 'jul'],
  ['там', 'авг', 'aug'],
  ['қыр', 'сен', 'sep'],
  ['қаз', 'окт', 'oct'],
  ['қар', 'ноя', 'nov'],
  ['жел', 'дек', 'dec'],
];

/** What the top row of the Kazakh keyboard types where others have digits. */
const TOP_ROW: Record<string, string> = {
  '"': '1',
  ә: '2',
  і: '3',
  ң: '4',
  ғ: '5',
  ',': '6',
  '.': '7',
  ү: '8',
  ұ: '9',
  қ: '0',
};

/** The day itself, as a form has it. */
export const dayOf = ({ year, month, day }: Civil): string => iso(year, month, day) ?? '';

/** A day without its year is the one near another; tomorrow is tomorrow. "3.12", "3 дек", "ертең", "05.03.2026" to "2026-03-05"; null where there is no such day. */
export function readDay(typed: string, near: Civil, today = near): string | null {
  const text = typed.trim().toLowerCase();
  if (text.length > LONGEST) return null;
  const named = NAMED[text];
  if (named !== undefined) return plusDays(dayOf(today), named);
  const typings = [text, fromTopRow(text, /([ .,/-]+)/), fromTopRow(text, /([ /-]+)/)];
  return typings.map((one) => read(one, near, later(near, today))).find((day) => day !== null) ?? null;
}

/** With digits for what stands between the separators and is of the top row alone; the comma and the dot may be either. */
const fromTopRow = (text: string, separators: RegExp): string =>
  text
    .split(separators)
    .map((part) =>
      /^["әіңғ,.үұқ\d]*["әіңғүұқ][\d"әіңғ,.үұқ]*$/.test(part) ? part.replace(/./g, (key) => TOP_ROW[key] ?? key) : part,
    )
    .join('');

const later = (one: Civil, other: Civil): Civil =>
  Date.UTC(one.year, one.month - 1, one.day) < Date.UTC(other.year, other.month - 1, other.day) ? other : one;

/** The day of a month alone is the next one after `from`. */
function read(text: string, near: Civil, from: Civil): string | null {
  return readDate(text) ?? numbered(text, near, from) ?? monthNamed(text, near);
}

function numbered(text: string, near: Civil, from: Civil): string | null {
  const found = /^(\d{1,2})(?:[./, -]+(\d{1,2}))?[.,]?$/.exec(text);
  if (!found) return null;
  const date = Number(found[1]);
  if (found[2] !== undefined) return nearest(near, (year) => iso(year, Number(found[2]), date));
  const thisMonth = iso(from.year, from.month, date);
  if (thisMonth !== null && date >= from.day) return thisMonth;
  return from.month === 12 ? iso(from.year + 1, 1, date) : iso(from.year, from.month + 1, date);
}

function monthNamed(text: string, today: Civil): string | null {
  const found =
    /^(\d{1,2})(?:st|nd|rd|th)?[. ]*(\p{L}{3,})[.,]?(?: +(\d{4}))?$/u.exec(text) ??
    /^(\p{L}{3,})[. ]*(\d{1,2})(?:st|nd|rd|th)?(?:,? +(\d{4}))?$/u.exec(text);
  if (!found) return null;
  const [first = '', second = '', year] = found.slice(1);
  const [date, name] = /\d/.test(first) ? [first, second] : [second, first];
  const month = MONTHS.findIndex((names) => names.includes(name.slice(0, 3))) + 1;
  if (month === 0) return null;
  if (year !== undefined) return iso(Number(year), month, Number(date));
  return nearest(today, (within) => iso(within, month, Number(date)));
}

/** The first such day that is not long past. */
function nearest(today: Civil, of: (year: number) => string | null): string | null {
  const from = Date.UTC(today.year, today.month - 1, today.day) - DAYS_BACK * DAY_MS;
  const years = [today.year - 1, today.year, today.year + 1, today.year + 2, today.year + 3, today.year + 4];
  return years.map(of).find((day) => day !== null && Date.parse(day) >= from) ?? null;
}

function iso(year: number, month: number, date: number): string | null {
  return readDate(`${String(year).padStart(4, '0')}-${two(month)}-${two(date)}`);
}

/** "2026-03-05" and five days to "2026-03-10". */
export function plusDays(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);
}

/** How many days lie between two days. */
export const daysBetween = (from: string, until: string): number =>
  Math.round((Date.parse(until) - Date.parse(from)) / DAY_MS);
