// In which order cases stand, and which new ones are let in. Pure: the same board gives the same lists.
import type { Board, CaseRow, Rank } from '../api/types';

const WEIGHT: Record<Rank, number> = { life: 0, hours: 1, today: 2, planned: 3 };

const older = (a: CaseRow, b: CaseRow): number => Date.parse(a.arrived.at) - Date.parse(b.arrived.at);
const NEVER = Number.POSITIVE_INFINITY;
const dueAt = ({ due }: CaseRow): number => (due ? Date.parse(due.at) : NEVER);

/** Whom nobody has taken: by rank, then the oldest first. */
export const upper = (cases: CaseRow[]): CaseRow[] =>
  cases.filter(({ owner }) => owner === null).sort((a, b) => WEIGHT[a.rank] - WEIGHT[b.rank] || older(a, b));

/** What is in work: by when the step is due; what has no hour stands last. */
export const lower = (cases: CaseRow[]): CaseRow[] =>
  cases.filter(({ owner }) => owner !== null).sort((a, b) => comparedDue(a, b) || older(a, b));

function comparedDue(a: CaseRow, b: CaseRow): number {
  const [left, right] = [dueAt(a), dueAt(b)];
  return left === right ? 0 : left - right;
}

/**
 * Which of the upper list are on screen. What was there stays while it is there; life comes at once; the others wait
 * until they are asked for, so that no row moves under a hand. Before the first look, and over a list that is empty,
 * there is no hand: then as many as there is room for.
 */
export function admitted(shown: ReadonlySet<number> | null, cases: CaseRow[], rows: number): Set<number> {
  const waiting = upper(cases);
  const stays = waiting.filter(({ rank, number }) => shown !== null && (rank === 'life' || shown.has(number)));
  return new Set((stays.length > 0 ? stays : waiting.slice(0, rows)).map(({ number }) => number));
}

export function split(shown: ReadonlySet<number>, cases: CaseRow[]): { rows: CaseRow[]; fresh: CaseRow[] } {
  const all = upper(cases);
  return {
    rows: all.filter(({ number }) => shown.has(number)),
    fresh: all.filter(({ number }) => !shown.has(number)),
  };
}

/** Nothing is open, and nobody waits to be taken. */
export const isCalm = ({ event, cases }: Board): boolean =>
  event === null && cases.every(({ owner }) => owner !== null);
