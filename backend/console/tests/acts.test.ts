import { asked, deskAnswers } from './fixtures/browser';

import { beforeEach, expect, it } from 'vitest';

import { act, askForSign, flush, tie } from '../src/acts';
import * as read from '../src/api/read';
import { desk } from '../src/desk.svelte';
import { crisisIn } from './fixtures/board';
import { sessionIn } from './fixtures/session';

const [wire = expect.fail('no case')] = crisisIn('ru').upper;
const row = read.row(wire);

beforeEach(() => {
  desk.session = read.session(sessionIn('ru'), 'ru', 'UTC');
});

it('whose call it was, and a sign that is asked for, wait their turn and stand on what was decided before', async () => {
  deskAnswers(() => null);
  const sent = Promise.all([act(row, { act: 'take' }), tie(row, 't-1'), askForSign(row)]);
  await sent;
  expect([...desk.unsent]).toEqual([row.number]);
  let { version } = row;
  deskAnswers(({ method }) => (method === 'POST' ? { body: { row: { ...wire, version: (version += 1) } } } : null));
  await flush();
  expect(
    asked.filter(({ method }) => method === 'POST').map(({ path, body }) => [path.split('/').at(-1), body]),
  ).toEqual([
    ['acts', { act: 'take', version: row.version }],
    ['person', { trip: 't-1', version: row.version + 1 }],
    ['sign', { version: row.version + 2 }],
  ]);
  expect(desk.unsent.size).toBe(0);
});
