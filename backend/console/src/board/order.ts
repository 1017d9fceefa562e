// In which order cases stand, and which new ones are let in. Pure: the same board gives the same lists.
import type { Board, CaseRow, Rank } from '../api/types';

const WEIGHT: Record<Rank, number> = { life: 0, hours: 1, today: 2, planned: 3 };

const NEVER = Number.POSITIVE_INFINITY;

/** By numbers that are made once a row, not once a comparison: a bad day has ten thousand. */
function sorted(rows: CaseRow[], keys: (row: CaseRow) => number[]): CaseRow[] {
  return rows
    .map((row) => ({ row, keys: keys(row) }))
    .sort((a, b) => compared(a.keys, b.keys))
    .map(({ row }) => row);
}

function compared(a: number[], b: number[]): number {
  for (const [at, left] of a.entries()) {
    const right = b[at] ?? NEVER;
    // two that are never due are equal, and their difference is no number
    if (left !== right) return left < right ? -1 : 1;
  }
  return 0;
}

/** Whom nobody has taken: by rank, then the oldest first. */
export const upper = (cases: CaseRow[]): CaseRow[] =>
  sorted(
    cases.filter(({ owner }) => owner === null),
    ({ rank, arrived }) => [WEIGHT[rank], Date.parse(arrived.at)],
  );

/** What is in work: by when the step is due; what has no hour stands last. */
export const lower = (cases: CaseRow[]): CaseRow[] =>
  sorted(
    cases.filter(({ owner }) => owner !== null),
    ({ due, arrived }) => [due ? Date.parse(due.at) : NEVER, Date.parse(arrived.at)],
  );

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
export const isCalm = ({ event, cases, floods }: Board): boolean =>
  event === null && floods.length === 0 && cases.every(({ owner }) => owner !== null);
