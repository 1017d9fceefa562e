// Spans of time in words.
import { m } from './index';

const MINUTE = 60_000;
const HOUR = 60;
const DAY = 24 * HOUR;

export const minutesOf = (ms: number): number => Math.floor(ms / MINUTE);

/** "44 мин", "1 ч 13", "2 дня". */
export function span(minutes: number): string {
  if (minutes < HOUR) return m.minutes({ count: minutes });
  if (minutes >= DAY) return m.days({ count: Math.floor(minutes / DAY) });
  const [hours, rest] = [Math.floor(minutes / HOUR), minutes % HOUR];
  if (rest === 0) return m.hours({ count: hours });
  return m.hours_minutes({ hours, minutes: String(rest).padStart(2, '0') });
}

/** How old something is: minutes do not matter after two hours. */
export const age = (minutes: number): string =>
  span(minutes >= 2 * HOUR && minutes < DAY ? minutes - (minutes % HOUR) : Math.max(0, minutes));
