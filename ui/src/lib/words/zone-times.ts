// The time in another country.
import { m } from './generated/messages.js';

/** How far its clocks are ahead of home's: "+1 ч 30 мин". */
export function aheadWords(minutes: number): string {
  if (minutes === 0) return m.country_no_difference();
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  const parts = [
    ...(hours > 0 ? [m.short_hours({ count: hours })] : []),
    ...(rest > 0 ? [m.short_minutes({ count: rest })] : []),
  ];
  return `${minutes < 0 ? '\u2212' : '+'}${parts.join(' ')}`;
}
