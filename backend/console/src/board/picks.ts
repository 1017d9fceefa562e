// Rows that are ticked, one by one or as a range.
import type { CaseRow } from '../api/types';

export function toggled(picks: ReadonlySet<number>, number: number): Set<number> {
  const next = new Set(picks);
  if (!next.delete(number)) next.add(number);
  return next;
}

/** The rows that are ticked, wherever they are shown, each once. */
export const picked = (picks: ReadonlySet<number>, ...lists: CaseRow[][]): CaseRow[] => [
  ...new Map(lists.flat().flatMap((row) => (picks.has(row.number) ? [[row.number, row]] : []))).values(),
];

/** All from the row that was ticked last to this one. */
export function ranged(picks: ReadonlySet<number>, order: number[], last: number | null, number: number): Set<number> {
  const [from, to] = [last === null ? -1 : order.indexOf(last), order.indexOf(number)];
  if (from < 0 || to < 0) return toggled(picks, number);
  return new Set([...picks, ...order.slice(Math.min(from, to), Math.max(from, to) + 1)]);
}

/** The row `step` further on; the first where none is chosen or the chosen one is gone. */
export function moved(order: number[], chosen: number | null, step: 1 | -1): number | null {
  const at = chosen === null ? -1 : order.indexOf(chosen);
  if (at < 0) return order[0] ?? null;
  return order[Math.min(order.length - 1, Math.max(0, at + step))] ?? null;
}
