// Days and hours in words. The month names are ours: some WebViews have no Kazakh in Intl. The clocks are the app's own:
// a WebView's table of zones may be years old.
import type { Lang, Shift } from '../api';

export type Civil = { year: number; month: number; day: number; hour: number; minute: number };

const MONTHS: Record<Lang, string[]> = {
  kk: 'қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан'.split(' '),
  ru: 'января февраля марта апреля мая июня июля августа сентября октября ноября декабря'.split(' '),
  en: 'January February March April May June July August September October November December'.split(' '),
};

/** On a line, where the whole name has no room. */
const SHORT_MONTHS: Record<Lang, string[]> = {
  kk: 'қаң ақп нау сәу мам мау шіл там қырк қаз қараша желт'.split(' '),
  ru: 'янв фев мар апр мая июн июл авг сен окт ноя дек'.split(' '),
  en: 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' '),
};

/** Alone, as a month's heading. */
const MONTHS_ALONE: Record<Lang, string[]> = {
  kk: 'Қаңтар Ақпан Наурыз Сәуір Мамыр Маусым Шілде Тамыз Қыркүйек Қазан Қараша Желтоқсан'.split(' '),
  ru: 'Январь Февраль Март Апрель Май Июнь Июль Август Сентябрь Октябрь Ноябрь Декабрь'.split(' '),
  en: MONTHS.en,
};

export const monthName = (lang: Lang, { month }: Civil): string => MONTHS_ALONE[lang][month - 1] ?? '';

/** From Monday. */
export const weekdaysShort: Record<Lang, string[]> = {
  kk: 'Дс Сс Ср Бс Жм Сн Жс'.split(' '),
  ru: 'Пн Вт Ср Чт Пт Сб Вс'.split(' '),
  en: 'Mo Tu We Th Fr Sa Su'.split(' '),
};

const WEEKDAYS: Record<Lang, string[]> = {
  kk: 'жексенбі дүйсенбі сейсенбі сәрсенбі бейсенбі жұма сенбі'.split(' '),
  ru: 'воскресенье понедельник вторник среда четверг пятница суббота'.split(' '),
  en: 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' '),
};

/** The clock on the wall, by the shifts of its zone's clock; in UTC where none is known. */
export function civil(instant: string, shifts: Shift[]): Civil {
  const ms = Date.parse(instant);
  const at = new Date(ms + secondsAhead(ms, shifts) * 1000);
  return {
    year: at.getUTCFullYear(),
    month: at.getUTCMonth() + 1,
    day: at.getUTCDate(),
    hour: at.getUTCHours(),
    minute: at.getUTCMinutes(),
  };
}

/** How far a zone's clock is ahead of UTC at a moment. */
export function secondsAhead(ms: number, shifts: Shift[]): number {
  const begun = shifts.filter(({ from }) => Date.parse(from) <= ms);
  return (begun.at(-1) ?? shifts[0])?.seconds ?? 0;
}

export const clock = ({ hour, minute }: Civil): string => `${two(hour)}:${two(minute)}`;

/** "5 марта", and the year where it is another one. */
export function day(lang: Lang, date: Civil, now: Civil): string {
  const month = MONTHS[lang][date.month - 1] ?? '';
  const words = `${date.day} ${month}`;
  if (date.year === now.year) return words;
  return lang === 'kk' ? `${date.year} ж. ${words}` : `${words} ${date.year}`;
}

export const shortDay = (lang: Lang, date: Civil): string => `${date.day} ${SHORT_MONTHS[lang][date.month - 1] ?? ''}`;

/** "5 мар", and the year where it is another one. */
export const shortDate = (lang: Lang, date: Civil, now: Civil): string =>
  date.year === now.year ? shortDay(lang, date) : `${shortDay(lang, date)} ${date.year}`;

/** The hour, with the day before it where it is another day. */
export function moment(lang: Lang, at: Civil, now: Civil): string {
  return sameDay(at, now) ? clock(at) : `${day(lang, at, now)}, ${clock(at)}`;
}

/** How many minutes the clocks of a zone are ahead of another's; null where one of them is not known. */
export function minutesAhead(instant: string, shifts: Shift[], other: Shift[]): number | null {
  if (shifts.length === 0 || other.length === 0) return null;
  const ms = Date.parse(instant);
  return (secondsAhead(ms, shifts) - secondsAhead(ms, other)) / 60;
}

export const sameDay = (a: Civil, b: Civil): boolean => a.year === b.year && a.month === b.month && a.day === b.day;

/** "2026-03-05", without a time of day. */
export function civilDate(date: string): Civil | null {
  const found = /^(\d{4})-(\d{2})-(\d{2})/.exec(date);
  if (!found) return null;
  return { year: Number(found[1]), month: Number(found[2]), day: Number(found[3]), hour: 0, minute: 0 };
}

/** In two letters. */
export function weekdayShort(lang: Lang, date: Civil): string {
  const day = new Date(Date.UTC(date.year, date.month - 1, date.day)).getUTCDay();
  return weekdaysShort[lang][(day + 6) % 7] ?? '';
}

export function weekday(lang: Lang, date: Civil): string {
  return WEEKDAYS[lang][new Date(Date.UTC(date.year, date.month - 1, date.day)).getUTCDay()] ?? '';
}

export const two = (value: number): string => String(value).padStart(2, '0');

/** A date as people type it ("5.3.2026", "05/03/26", "2026-03-05") to "2026-03-05"; null where there is no such day. */
export function readDate(typed: string): string | null {
  const text = typed.trim();
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text);
  const spoken = /^(\d{1,2})[./ -](\d{1,2})[./ -](\d{4}|\d{2})\.?$/.exec(text) ?? /^(\d{2})(\d{2})(\d{4})$/.exec(text);
  const [year, month, date] = iso ? [iso[1], iso[2], iso[3]] : spoken ? [spoken[3], spoken[2], spoken[1]] : [];
  if (year === undefined || month === undefined || date === undefined) return null;
  const full = year.length === 2 ? 2000 + Number(year) : Number(year);
  const real = new Date(Date.UTC(full, Number(month) - 1, Number(date)));
  if (real.getUTCMonth() !== Number(month) - 1 || real.getUTCDate() !== Number(date)) return null;
  return `${String(full).padStart(4, '0')}-${two(Number(month))}-${two(Number(date))}`;
}

/** A time as people type it ("9:41", "09.41", "0941") to "09:41"; null where there is no such time. */
export function readTime(typed: string): string | null {
  const found = /^(\d{1,2})[:. ](\d{2})$/.exec(typed.trim()) ?? /^(\d{2})(\d{2})$/.exec(typed.trim());
  if (!found || Number(found[1]) > 23 || Number(found[2]) > 59) return null;
  return `${two(Number(found[1]))}:${found[2]}`;
}

/** "2026-03-05" as it stands in the field: "05.03.2026"; a month alone is "03.2026". */
export function writeDate(date: string): string {
  return date.slice(0, 10).split('-').reverse().join('.');
}
