// A turn as it is typed, and which one is proposed: the first night that lacks somebody.
import { readDate, readTime, writeDate } from '@ui/lib/words/calendar';
import { plusDays } from '@ui/lib/words/typed-day';
import type { Duty, DutyPlace } from '../api/types';
import type { NewDuty } from '../api/wire_night';
import { dateAt, instantAt, wall } from '../words/times';
import { PLACES } from './ladder';

export type Field = 'officer' | 'from_day' | 'from_hour' | 'until_day' | 'until_hour';
export type Fault = 'missing' | 'cannot' | 'day' | 'hour' | 'order' | 'long' | 'past';
export type Wrong = Partial<Record<Field, Fault>>;
/** Days and hours as they are typed, by the clock at home. */
export type Typed = { officer: number | null; place: DutyPlace } & Record<Exclude<Field, 'officer'>, string>;

const [BEGINS, ENDS, ENDS_HOUR] = ['20:00', '08:00', 8];
const LONGEST_MS = 7 * 24 * 3_600_000;
/** As far ahead as a gap is looked for. */
const NIGHTS = 14;

/** The evening of the night that runs or comes next. */
function evening(now: number): string {
  const today = dateAt(now);
  return wall(now).hour < ENDS_HOUR ? plusDays(today, -1) : today;
}

export function proposed(duties: Duty[], now: number): Typed {
  const tonight = evening(now);
  for (let night = 0; night < NIGHTS; night += 1) {
    const [from, until] = [plusDays(tonight, night), plusDays(tonight, night + 1)];
    const place = PLACES.find((one) => !isTaken(duties, one, instantAt(from, BEGINS), instantAt(until, ENDS)));
    if (place) return typed(place, from, until);
  }
  return typed('first', plusDays(tonight, NIGHTS), plusDays(tonight, NIGHTS + 1));
}

const isTaken = (duties: Duty[], place: DutyPlace, from: string, until: string): boolean =>
  duties.some(
    (duty) =>
      duty.place === place && Date.parse(duty.from) < Date.parse(until) && Date.parse(duty.until) > Date.parse(from),
  );

const typed = (place: DutyPlace, from: string, until: string): Typed => ({
  officer: null,
  place,
  from_day: writeDate(from),
  from_hour: BEGINS,
  until_day: writeDate(until),
  until_hour: ENDS,
});

/** The turn, or what is wrong with it and in which field. */
export function read(given: Typed, now: number): { duty: NewDuty } | { wrong: Wrong } {
  const { officer, place } = given;
  const [fromDay, fromHour] = [readDate(given.from_day), readTime(given.from_hour)];
  const [untilDay, untilHour] = [readDate(given.until_day), readTime(given.until_hour)];
  if (officer === null || fromDay === null || fromHour === null || untilDay === null || untilHour === null) {
    return {
      wrong: {
        ...(officer === null ? { officer: 'missing' } : {}),
        ...(fromDay === null ? { from_day: 'day' } : {}),
        ...(fromHour === null ? { from_hour: 'hour' } : {}),
        ...(untilDay === null ? { until_day: 'day' } : {}),
        ...(untilHour === null ? { until_hour: 'hour' } : {}),
      },
    };
  }
  const [from, until] = [instantAt(fromDay, fromHour), instantAt(untilDay, untilHour)];
  const length = Date.parse(until) - Date.parse(from);
  if (length <= 0) return { wrong: { until_day: 'order' } };
  if (length > LONGEST_MS) return { wrong: { until_day: 'long' } };
  if (Date.parse(until) <= now) return { wrong: { until_day: 'past' } };
  return { duty: { officer, place, from, until } };
}

/** What the desk itself does not take. */
export const refused = (pointer: string): Wrong =>
  pointer === '/officer' ? { officer: 'cannot' } : pointer === '/from' ? { from_day: 'day' } : { until_day: 'order' };
