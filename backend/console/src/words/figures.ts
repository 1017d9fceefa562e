const NARROW_SPACE = '\u00a0';

/** "4 812". */
export const grouped = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/g, NARROW_SPACE);

/** "+214", "−9", "0". */
export function signed(change: number): string {
  if (change === 0) return '0';
  return `${change > 0 ? '+' : '\u2212'}${grouped(Math.abs(change))}`;
}
