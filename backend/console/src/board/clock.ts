import type { Due } from '../api/types';

/** How much of the time from `from` to `at` is gone, 0 to 1. */
export function gone({ from, at }: Due, now: number): number {
  const [start, end] = [Date.parse(from), Date.parse(at)];
  if (end <= start) return 1;
  return Math.min(1, Math.max(0, (now - start) / (end - start)));
}
