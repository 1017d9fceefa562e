import { asked, deskAnswers } from './fixtures/browser';

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import * as read from '../src/api/read';
import type { WireBoard, WireCase } from '../src/api/wire';
import { desk } from '../src/desk.svelte';
import { enter, keepFresh, leave, refresh } from '../src/refresh';
import { router } from '../src/router.svelte';
import { crisisIn } from './fixtures/board';
import { caseIn, closedIn } from './fixtures/case';
import { countIn, courseIn } from './fixtures/headcount';
import { sessionIn } from './fixtures/session';

const TICK_MS = 10_000;
const whole = crisisIn('ru');
const [head = expect.fail('no case')] = whole.upper;
const opened = () => asked.filter(({ path }) => path.startsWith('/v1/cases/')).length;

/** How often the case is asked for while nothing changes for thirty seconds, and then as the board becomes another. */
async function asks(number: number, page: WireCase, board: WireBoard, changed: WireBoard): Promise<number[]> {
  let now = board;
  deskAnswers(({ path }) => ({ body: path === '/v1/board' ? now : { ...page, row: { ...page.row, number } } }));
  router.route = { room: 'case', number };
  await refresh();
  for (let tick = 0; tick < 3; tick += 1) {
    await vi.advanceTimersByTimeAsync(TICK_MS);
    await enter();
  }
  const still = opened();
  now = changed;
  await refresh();
  await enter();
  return [still, opened()];
}
const later = (board: WireBoard): WireBoard => ({ ...board, list: { ...board.list, number: board.list.number + 1 } });
const without = { ...whole, upper: whole.upper.slice(1) };

beforeEach(() => {
  vi.useFakeTimers();
  desk.chosen = 'ru';
  desk.session = read.session(sessionIn('ru'), 'ru', 'UTC');
  [desk.board, desk.opened] = [null, null];
});
afterEach(() => {
  vi.useRealTimers();
  router.route = { room: 'board' };
});

describe('a case on screen is asked for again when it changed, and only then', () => {
  const changed = (more: object) => ({ ...whole, upper: [{ ...head, version: 99, ...more }, ...whole.upper.slice(1)] });

  it('by its own version', async () => {
    expect(await asks(head.number, caseIn('ru'), whole, later(whole))).toEqual([1, 1]);
    expect(await asks(head.number, caseIn('ru'), whole, changed({}))).toEqual([1, 2]);
  });

  it('where it is joined, by the version of the one that speaks for it', async () => {
    const joined = { joined: [4999] };
    const board = { ...whole, upper: [{ ...head, ...joined }, ...whole.upper.slice(1)] };
    expect(await asks(4999, caseIn('ru'), board, later(board))).toEqual([1, 1]);
    expect(await asks(4999, caseIn('ru'), board, changed(joined))).toEqual([1, 2]);
  });

  it('where it is folded away or was closed meanwhile, with the list', async () => {
    expect(await asks(4998, caseIn('ru'), without, later(without))).toEqual([1, 2]);
    expect(await asks(head.number, caseIn('ru'), whole, later(without))).toEqual([1, 2]);
  });

  it('not where it is closed', async () => {
    expect(await asks(4998, closedIn('ru'), without, later(without))).toEqual([1, 1]);
  });
});

it('an older answer never stands over a newer one', async () => {
  const late: ((answer: { body: unknown }) => void)[] = [];
  deskAnswers(() => new Promise((given) => late.push(given)));
  const both = [refresh(), refresh()];
  await vi.advanceTimersByTimeAsync(1);
  late[1]?.({ body: later(whole) });
  await vi.advanceTimersByTimeAsync(1);
  late[0]?.({ body: whole });
  await Promise.all(both);
  expect(desk.board?.version).toBe(later(whole).list.number);
});

it('a case that comes when another is looked at is not shown for it', async () => {
  desk.board = read.board(whole);
  const late: ((answer: { body: unknown }) => void)[] = [];
  deskAnswers(() => new Promise((given) => late.push(given)));
  const of = (number: number) => ({ body: { ...caseIn('ru'), row: { ...caseIn('ru').row, number } } });
  router.route = { room: 'case', number: 4811 };
  const first = enter();
  await vi.advanceTimersByTimeAsync(1);
  router.route = { room: 'case', number: 4830 };
  const second = enter();
  await vi.advanceTimersByTimeAsync(1);
  late[1]?.(of(4830));
  await second;
  late[0]?.(of(4811));
  await first;
  expect(desk.opened?.row.number).toBe(4830);
});

it('a case that did not come is asked for again', async () => {
  desk.board = read.board(whole);
  deskAnswers(() => null);
  router.route = { room: 'case', number: head.number };
  await enter();
  deskAnswers(() => ({ body: caseIn('ru') }));
  await enter();
  expect([opened(), desk.opened?.row.number]).toEqual([1, 4811]);
});

it('the board is asked for again once it is a minute old, for a turn begins with no event', async () => {
  vi.setSystemTime(whole.list.at);
  deskAnswers(({ path }) => {
    if (path === '/v1/events') return new Promise(() => undefined);
    return { body: path === '/v1/session' ? sessionIn('ru') : { ...whole, list: { number: 1, at: new Date() } } };
  });
  void keepFresh();
  const boards = () => asked.filter(({ path }) => path === '/v1/board').length;
  await vi.advanceTimersByTimeAsync(55_000);
  expect(boards()).toBe(1);
  await vi.advanceTimersByTimeAsync(130_000);
  expect(boards()).toBe(4);
  deskAnswers(() => ({ status: 204 }));
  await leave();
});

describe('a session', () => {
  const followed = () => asked.filter(({ path }) => path === '/v1/events').length;
  const answered = () =>
    deskAnswers(({ method, path }) => {
      if (path === '/v1/session') return method === 'DELETE' ? { status: 204 } : { body: sessionIn('ru') };
      return { body: path === '/v1/board' ? whole : {} };
    });

  it('is followed once, also where the one before it had not heard yet that it is over', async () => {
    answered();
    void keepFresh();
    await vi.advanceTimersByTimeAsync(1);
    await leave();
    void keepFresh();
    await vi.advanceTimersByTimeAsync(1);
    asked.length = 0;
    await vi.advanceTimersByTimeAsync(9_100);
    expect(followed()).toBe(3);
    await leave();
    await vi.advanceTimersByTimeAsync(9_100);
    expect(followed()).toBe(3);
  });

  it('that its officer ends leaves nothing of anybody, and is not said to be over', async () => {
    answered();
    await refresh();
    await leave();
    expect([desk.signedOut, desk.ended, desk.session, desk.board]).toEqual([true, false, null, null]);
    expect(asked.at(-1)).toMatchObject({ method: 'DELETE', path: '/v1/session' });
  });

  it('that is over is shown no list that was on its way', async () => {
    answered();
    await refresh();
    const late: ((answer: { body: unknown }) => void)[] = [];
    deskAnswers(({ path }) => (path === '/v1/board' ? new Promise((given) => late.push(given)) : { status: 204 }));
    const last = refresh();
    await vi.advanceTimersByTimeAsync(1);
    await leave();
    late[0]?.({ body: whole });
    await last;
    expect(desk.board).toBeNull();
  });

  it('lasts where the desk did not hear that it ends', async () => {
    answered();
    await refresh();
    desk.signedOut = false;
    deskAnswers(() => null);
    await leave();
    expect([desk.signedOut, desk.session === null, desk.away === null]).toEqual([false, false, false]);
  });
});

describe('the count', () => {
  const counts = () => asked.map(({ path }) => path).filter((path) => path.startsWith('/v1/headcount'));
  afterEach(() => (desk.asOf = null));

  it('is asked for as it was known then, with how it went', async () => {
    router.route = { room: 'headcount' };
    desk.asOf = '2026-02-28T21:00:00.000Z';
    deskAnswers(({ path }) => ({ body: path.endsWith('/course') ? courseIn() : countIn() }));
    await enter();
    expect(counts()).toEqual(['/v1/headcount?known=2026-02-28T21%3A00%3A00.000Z', '/v1/headcount/course']);
    expect([desk.headcount?.then, desk.course.length]).toEqual([countIn().known_at, 60]);
  });

  it('is that of now again where nothing was counted by then', async () => {
    router.route = { room: 'headcount' };
    desk.asOf = '2020-01-01T00:00:00.000Z';
    deskAnswers(({ path }) =>
      path.endsWith('/course') ? { body: courseIn() } : { status: 404, body: { code: 'not_found' } },
    );
    await enter();
    expect(desk.asOf).toBe(null);
  });
});
