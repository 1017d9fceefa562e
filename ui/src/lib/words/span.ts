// How long something is kept: years and months are said as such, not counted in days.
import { m } from './index';

const YEAR = 365;
const MONTH = 30;

export function spanWords(days: number): string {
  if (days > 0 && days % YEAR === 0) return m.span_years({ count: days / YEAR });
  return days > 0 && days % MONTH === 0 ? m.span_months({ count: days / MONTH }) : m.span_days({ count: days });
}
