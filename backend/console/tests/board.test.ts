import { describe, expect, it } from 'vitest';

import type { CaseRow, Rank } from '../src/api/types';
import * as read from '../src/api/read';
import { gone } from '../src/board/clock';
import { passes } from '../src/board/filters';
import { admitted, isCalm, lower, split, upper } from '../src/board/order';
import { moved, picked, ranged, toggled } from '../src/board/picks';
import { ringing, titled } from '../src/board/rings';
import { crisisIn, rowOf } from './fixtures/board';
import { calmIn } from './fixtures/calm';

const NOW = Date.parse('2026-03-01T00:17:00Z');
const ME = 1;
const board = read.board(crisisIn('ru'));
const numbers = (rows: CaseRow[]): number[] => rows.map(({ number }) => number);
const like = (number: number, more: Partial<CaseRow> = {}): CaseRow => ({
  ...read.row(rowOf('ru', 4818)),
  number,
  ...more,
});
const at = (minutes: number): { at: string; way: 'call' } => ({
  at: new Date(NOW - minutes * 60_000).toISOString(),
  way: 'call',
});

it('cries alike are one line with their count, and a board with them is not calm', () => {
  const [flood] = board.floods;
  expect([flood?.alike, flood?.withMore]).toEqual([3140, 9]);
  const calm = read.board(calmIn('ru'));
  expect(isCalm(calm)).toBe(true);
  expect(isCalm({ ...calm, floods: board.floods })).toBe(false);
});

describe('the order of the board', () => {
  it('puts life above, then the oldest', () => {
    const rank = (number: number, rank: Rank, minutes: number) => like(number, { rank, arrived: at(minutes) });
    const rows = [
      rank(1, 'today', 90),
      rank(2, 'life', 1),
      rank(3, 'hours', 5),
      rank(4, 'life', 30),
      rank(5, 'hours', 60),
    ];
    expect(numbers(upper(rows))).toEqual([4, 2, 5, 3, 1]);
  });

  it('puts what is in work by when its step is due, and what has no hour last', () => {
    const rows = lower(board.cases);
    expect(numbers(rows)).toEqual([4760, 4768, 4779, 4701, 4312]);
    const owner = rows[0]?.owner ?? null;
    expect(numbers(lower([like(1, { owner, due: null }), ...rows]))).toEqual([...numbers(rows), 1]);
  });

  it('has each case in one list', () => {
    expect(numbers([...upper(board.cases), ...lower(board.cases)]).sort()).toEqual(numbers(board.cases).sort());
  });
});

describe('new cases', () => {
  const first = read.board(crisisIn('ru', false)).cases;
  const before = admitted(null, first, 5);

  it('wait until they are asked for, and push nobody', () => {
    const after = admitted(before, board.cases, 5);
    expect(after).toEqual(before);
    expect(numbers(split(after, board.cases).fresh)).toEqual([4831, 4832, 4833, 4834, 4835]);
  });

  it('of rank life come at once', () => {
    const life = like(5000, { rank: 'life', owner: null });
    expect(admitted(before, [...board.cases, life], 5).has(5000)).toBe(true);
  });

  it('come at once where the list is empty', () => {
    expect(numbers(split(admitted(new Set([1]), board.cases.slice(4, 6), 5), board.cases.slice(4, 6)).fresh)).toEqual(
      [],
    );
  });

  it('leave with whoever takes them', () => {
    const taken = board.cases.map((row) =>
      row.number === 4811 ? { ...row, owner: { id: 1, name: 'а', role: 'silver' as const } } : row,
    );
    expect(admitted(before, taken, 5).has(4811)).toBe(false);
  });
});

describe('the tiles', () => {
  it('each pass what they say', () => {
    const of = Object.fromEntries(
      (['nobody', 'late', 'promised', 'no_step', 'waits', 'mine'] as const).map((filter) => [
        filter,
        numbers(board.cases.filter((row) => passes(filter, row, ME, NOW))),
      ]),
    );
    expect(of).toEqual({
      nobody: [4811, 4830, 4818, 4822, 4831, 4832, 4833, 4834, 4835],
      late: [4811, 4760],
      promised: [4760, 4768, 4779],
      no_step: [],
      waits: [],
      mine: [4768, 4312],
    });
  });

  it('find what has an owner and no step', () => {
    const owner = { id: 2, name: 'а', role: 'silver' as const };
    expect(passes('no_step', like(1, { owner, step: null }), ME, NOW)).toBe(true);
    expect(passes('no_step', like(1, { owner: null, step: null }), ME, NOW)).toBe(false);
  });
});

describe('what rings', () => {
  const mine = (minutes: number, promised = true): CaseRow =>
    like(1, {
      owner: { id: ME, name: 'а', role: 'silver' },
      step: { text: 'а', promised },
      due: { from: new Date(NOW).toISOString(), at: new Date(NOW + minutes * 60_000).toISOString() },
    });

  it('is a life that nobody has taken', () => {
    expect(numbers(ringing(board.cases, ME, NOW))).toEqual([4811, 4830]);
  });

  it('is an own promise, two minutes before its hour', () => {
    expect([3, 2, 1, 0, -1].map((minutes) => ringing([mine(minutes)], ME, NOW).length)).toEqual([0, 1, 1, 0, 0]);
    expect(ringing([mine(1, false)], ME, NOW)).toEqual([]);
    expect(ringing([mine(1)], 2, NOW)).toEqual([]);
  });

  it('stands in the title of the tab', () => {
    expect(titled('Saparlas', board.cases)).toBe('(2!) Saparlas');
    expect(titled('Saparlas', lower(board.cases))).toBe('Saparlas');
  });
});

it('a day is calm when nothing is open and nobody waits', () => {
  const calm = read.board(calmIn('kk'));
  expect(isCalm(calm)).toBe(true);
  expect(isCalm({ ...calm, cases: [...calm.cases, like(1, { owner: null })] })).toBe(false);
  expect(isCalm(board)).toBe(false);
});

it('a clock fills from its beginning to its hour, and no further', () => {
  const due = { from: '2026-03-01T00:00:00Z', at: '2026-03-01T01:00:00Z' };
  const shares = ['2026-02-28T23:00:00Z', due.from, '2026-03-01T00:15:00Z', due.at, '2026-03-01T09:00:00Z'].map((now) =>
    gone(due, Date.parse(now)),
  );
  expect(shares).toEqual([0, 0, 0.25, 1, 1]);
  expect(gone({ from: due.at, at: due.at }, 0)).toBe(1);
});

describe('ticked rows', () => {
  it('are ticked and unticked one by one', () => {
    expect(toggled(new Set([1, 2]), 2)).toEqual(new Set([1]));
    expect(toggled(new Set([1]), 2)).toEqual(new Set([1, 2]));
  });

  it('are ticked from the last one to this one, either way', () => {
    expect(ranged(new Set([2]), [1, 2, 3, 4, 5], 2, 4)).toEqual(new Set([2, 3, 4]));
    expect(ranged(new Set([4]), [1, 2, 3, 4, 5], 4, 2)).toEqual(new Set([2, 3, 4]));
    expect(ranged(new Set(), [1, 2], null, 2)).toEqual(new Set([2]));
    expect(ranged(new Set([9]), [1, 2], 9, 2)).toEqual(new Set([9, 2]));
  });

  it('are walked with the chosen row, and it stays on the list', () => {
    expect([
      moved([1, 2, 3], null, 1),
      moved([1, 2, 3], 1, 1),
      moved([1, 2, 3], 3, 1),
      moved([1, 2, 3], 1, -1),
    ]).toEqual([1, 2, 3, 1]);
    expect([moved([1, 2], 9, 1), moved([], 9, 1)]).toEqual([1, null]);
  });
});

it('what is ticked is one, on the board and in an opened flood', () => {
  const [first, second, third] = [like(1), like(2), like(3)];
  expect(numbers(picked(new Set([1, 3, 9]), [first, second], [third, first]))).toEqual([1, 3]);
});
