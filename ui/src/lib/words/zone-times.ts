// The time in another country.
import { m } from './generated/messages.js';
import { pick } from './index';
import { civil, clock, minutesAhead } from './calendar';
import { clockOf, home, now } from './when';
import type { Shift } from '../api';

/** The clock in a zone, the one at home, and how far ahead of home it is: "+1 ч 30 мин". */
export function zoneTimes(there: Shift[]): {
  there: string;
  home: { place: string; time: string } | null;
  ahead: string;
} {
  const { id, place } = home();
  const minutes = minutesAhead(now(), there, clockOf(id));
  const known = place !== null && minutes !== null;
  return {
    there: clock(civil(now(), there)),
    home: known ? { place: pick(place), time: clock(civil(now(), clockOf(id))) } : null,
    ahead: known ? aheadWords(minutes) : '',
  };
}

function aheadWords(minutes: number): string {
  if (minutes === 0) return m.country_no_difference();
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  const parts = [
    ...(hours > 0 ? [m.short_hours({ count: hours })] : []),
    ...(rest > 0 ? [m.short_minutes({ count: rest })] : []),
  ];
  return `${minutes < 0 ? '\u2212' : '+'}${parts.join(' ')}`;
}
