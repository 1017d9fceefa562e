// How long something is kept, and somebody stays: years and months are said as such, not counted in days.
import { m } from './index';

const YEAR = 365;
const MONTH = 30;

/** Nights are counted up to here. */
const MOST_NIGHTS = 60;
const NIGHTS_OF_MONTH = 30.44;

/** How long a stay is: its nights, and of a long one about how many months or years. */
export function stayWords(nights: number): string {
  if (nights <= MOST_NIGHTS) return m.nights({ count: nights });
  const months = Math.round(nights / NIGHTS_OF_MONTH);
  return months % 12 === 0 ? m.span_years({ count: months / 12 }) : m.span_months({ count: months });
}

export function spanWords(days: number): string {
  if (days > 0 && days % YEAR === 0) return m.span_years({ count: days / YEAR });
  return days > 0 && days % MONTH === 0 ? m.span_months({ count: days / MONTH }) : m.span_days({ count: days });
}
