// Days and hours in words. The month names are ours: some WebViews have no Kazakh in Intl.
import type { Lang } from '../api';

export type Civil = { year: number; month: number; day: number; hour: number; minute: number };

const MONTHS: Record<Lang, string[]> = {
  kk: 'қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан'.split(' '),
  ru: 'января февраля марта апреля мая июня июля августа сентября октября ноября декабря'.split(' '),
  en: 'January February March April May June July August September October November December'.split(' '),
};

const WEEKDAYS: Record<Lang, string[]> = {
  kk: 'жексенбі дүйсенбі сейсенбі сәрсенбі бейсенбі жұма сенбі'.split(' '),
  ru: 'воскресенье понедельник вторник среда четверг пятница суббота'.split(' '),
  en: 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' '),
};

const formats = new Map<string, Intl.DateTimeFormat | null>();

function format(zone: string): Intl.DateTimeFormat | null {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  let made: Intl.DateTimeFormat | null = null;
  try {
    made = new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
    });
  } catch (thrown) {
    if (!(thrown instanceof RangeError)) throw thrown;
  }
  formats.set(zone, made);
  return made;
}

/** False where this WebView's own zone list is older than the atlas. */
export const knowsZone = (zone: string): boolean => format(zone) !== null;

/** The clock on the wall in a zone; in UTC where the zone is not known. */
export function civil(instant: string, zone: string): Civil {
  const at: Record<string, number> = {};
  for (const part of (format(zone) ?? format('UTC'))?.formatToParts(new Date(instant)) ?? []) {
    at[part.type] = Number(part.value);
  }
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0 } = at;
  return { year, month, day, hour: hour % 24, minute };
}

export const clock = ({ hour, minute }: Civil): string => `${two(hour)}:${two(minute)}`;

/** "5 марта", and the year where it is another one. */
export function day(lang: Lang, date: Civil, now: Civil): string {
  const month = MONTHS[lang][date.month - 1] ?? '';
  const words = `${date.day} ${month}`;
  if (date.year === now.year) return words;
  return lang === 'kk' ? `${date.year} ж. ${words}` : `${words} ${date.year}`;
}

/** The hour, with the day before it where it is another day. */
export function moment(lang: Lang, at: Civil, now: Civil): string {
  return sameDay(at, now) ? clock(at) : `${day(lang, at, now)}, ${clock(at)}`;
}

/** How many minutes the clocks of a zone are ahead of another's; null where this WebView does not know one of them. */
export function minutesAhead(instant: string, zone: string, other: string): number | null {
  if (!knowsZone(zone) || !knowsZone(other)) return null;
  const wall = (at: Civil) => Date.UTC(at.year, at.month - 1, at.day, at.hour, at.minute) / 60_000;
  return wall(civil(instant, zone)) - wall(civil(instant, other));
}

export const sameDay = (a: Civil, b: Civil): boolean => a.year === b.year && a.month === b.month && a.day === b.day;

/** "2026-03-05", without a time of day. */
export function civilDate(date: string): Civil | null {
  const found = /^(\d{4})-(\d{2})-(\d{2})/.exec(date);
  if (!found) return null;
  return { year: Number(found[1]), month: Number(found[2]), day: Number(found[3]), hour: 0, minute: 0 };
}

export function weekday(lang: Lang, date: Civil): string {
  return WEEKDAYS[lang][new Date(Date.UTC(date.year, date.month - 1, date.day)).getUTCDay()] ?? '';
}

const two = (value: number): string => String(value).padStart(2, '0');

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
