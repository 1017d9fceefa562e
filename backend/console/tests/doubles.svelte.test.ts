import { asked, deskAnswers } from './fixtures/browser';

import { flushSync } from 'svelte';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import * as read from '../src/api/read';
import type { Case } from '../src/api/types';
import { Doubles } from '../src/case/doubles.svelte';
import { desk } from '../src/desk.svelte';
import { caseIn } from './fixtures/case';
import { candidatesIn } from './fixtures/intake';
import { sessionIn } from './fixtures/session';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

it('who is alike is asked once for a case, however often it comes anew, and again when something was joined', async () => {
  desk.session = read.session(sessionIn('ru'), 'ru', 'UTC');
  deskAnswers(() => ({ body: candidatesIn('ru') }));
  const opened = (joined: number[] = []): Case => {
    const one = read.caseOf(caseIn('ru'), 0);
    return { ...one, row: { ...one.row, joined } };
  };
  let one = $state.raw(opened());
  let doubles: Doubles | null = null;
  const end = $effect.root(() => {
    doubles = new Doubles(() => one);
  });
  const comes = async (fresh: Case): Promise<number> => {
    one = fresh;
    flushSync();
    await vi.advanceTimersByTimeAsync(1);
    return asked.length;
  };
  expect([await comes(opened()), await comes(opened()), await comes(opened([4822]))]).toEqual([1, 1, 2]);
  expect(asked.map(({ path }) => path)).toEqual(Array(2).fill('/v1/cases/4811/alike'));
  expect(doubles).toMatchObject({ all: [{ name: 'Жүнісов Әділет' }, { trip: 't-1' }] });
  end();
});
