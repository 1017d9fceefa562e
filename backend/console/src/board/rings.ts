// What may wake an officer: a life without an owner, and an own promise that is nearly due. Nothing else.
import type { CaseRow } from '../api/types';

const BEFORE_PROMISE_MS = 2 * 60_000;

export function ringing(cases: CaseRow[], me: number, now: number): CaseRow[] {
  return cases.filter((row) => {
    if (row.owner === null) return row.rank === 'life';
    const due = row.due ? Date.parse(row.due.at) : Number.POSITIVE_INFINITY;
    return row.owner.id === me && row.step?.promised === true && due - BEFORE_PROMISE_MS <= now && now < due;
  });
}

/** "(2!) Saparlas": how many lives nobody has taken. */
export function titled(name: string, cases: CaseRow[]): string {
  const lives = cases.filter(({ rank, owner }) => rank === 'life' && owner === null).length;
  return lives > 0 ? `(${lives}!) ${name}` : name;
}
