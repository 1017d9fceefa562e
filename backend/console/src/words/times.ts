// Instants as the clock at home, or another one, shows them.
import { civil, clock, sameDay, secondsAhead, shortDate, two, weekdayShort, type Civil } from '@ui/lib/words/calendar';
import { desk } from '../desk.svelte';
import { m } from './index';
import { age, minutesOf } from './spans';
import { ownZone, shiftsAt } from './zones';

export const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

export const home = (): string => desk.session?.home.zone ?? ownZone();
export const homeCity = (): string => desk.session?.home.city ?? m.own_clock();
const msOf = (instant: string | number): number => (typeof instant === 'number' ? instant : Date.parse(instant));

export function wall(instant: string | number, zone: string = home()): Civil {
  const ms = msOf(instant);
  return civil(new Date(ms).toISOString(), shiftsAt(zone, ms));
}

export const clockAt = (instant: string | number, zone: string = home()): string => clock(wall(instant, zone));

export const clockWithSeconds = (instant: string): string =>
  `${clockAt(instant)}:${two(new Date(Date.parse(instant)).getUTCSeconds())}`;

/** "1 мар", and the year where it is another one. */
export const shortDayAt = (instant: string | number, zone: string = home()): string =>
  shortDate(desk.lang, wall(instant, zone), wall(desk.now, zone));

/** "вс 1 мар". */
export function dayAt(instant: string | number, zone: string = home()): string {
  const weekday = weekdayShort(desk.lang, wall(instant, zone)).toLowerCase();
  return `${weekday} ${shortDayAt(instant, zone)}`;
}

export const isToday = (instant: string | number): boolean => sameDay(wall(instant), wall(desk.now));

/** "04:55", "вчера", "12 фев", "12 фев 2025". */
export function moment(instant: string): string {
  if (isToday(instant)) return clockAt(instant);
  if (sameDay(wall(Date.parse(instant) + DAY_MS), wall(desk.now))) return m.yesterday();
  return shortDayAt(instant);
}

/** Only whole minutes are told apart, so that two clocks of one moment agree. */
const minute = (instant: string): number => Math.floor(Date.parse(instant) / MINUTE_MS) * MINUTE_MS;

export const minutesSince = (instant: string): number => minutesOf(desk.now - minute(instant));
export const ageOf = (instant: string): string => age(minutesSince(instant));

/** How many minutes are left; below 0 where it is late. */
export const minutesUntil = (instant: string): number => minutesOf(minute(instant) - desk.now);

/** The next moment at which the clock at home says this: "09:30" typed at ten is tomorrow's. */
export function nextAt(hour: number, minutes: number, zone: string = home()): string {
  const now = wall(desk.now, zone);
  const ahead = (hour - now.hour) * 60 + (minutes - now.minute);
  return new Date(desk.now + (ahead <= 0 ? ahead + 24 * 60 : ahead) * MINUTE_MS).toISOString();
}

/** "2026-03-01", as the clock there has it. */
export function dateAt(instant: string | number, zone: string = home()): string {
  const { year, month, day } = wall(instant, zone);
  return `${year}-${two(month)}-${two(day)}`;
}

/** When the clock there says "2026-03-01" and "20:00". */
export function instantAt(date: string, time: string, zone: string = home()): string {
  const said = Date.parse(`${date}T${time}:00Z`);
  const ahead = (ms: number): number => secondsAhead(ms, shiftsAt(zone, ms)) * 1000;
  // by how far it is ahead then, which is not now
  return new Date(said - ahead(said - ahead(said))).toISOString();
}
