// The tiles of the strip, each of which shows only its own cases.
import type { CaseRow } from '../api/types';

export type Filter = 'nobody' | 'late' | 'promised' | 'no_step' | 'waits' | 'mine';
export const FILTERS: Filter[] = ['nobody', 'late', 'promised', 'no_step', 'waits', 'mine'];

export const isLate = ({ due }: CaseRow, now: number): boolean => due !== null && Date.parse(due.at) < now;

export function passes(filter: Filter, row: CaseRow, me: number | null, now: number): boolean {
  switch (filter) {
    case 'nobody':
      return row.owner === null;
    case 'late':
      return isLate(row, now);
    case 'promised':
      return row.step?.promised === true;
    case 'no_step':
      return row.owner !== null && row.step === null;
    case 'waits':
      return row.waits;
    case 'mine':
      return row.owner?.id === me;
  }
}
