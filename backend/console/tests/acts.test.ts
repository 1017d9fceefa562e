import { asked, deskAnswers } from './fixtures/browser';

import { beforeEach, describe, expect, it } from 'vitest';

import { act, askForSign, flush, tie, write } from '../src/acts';
import * as read from '../src/api/read';
import { desk } from '../src/desk.svelte';
import { answerIn } from '../src/case/answer.svelte';
import { crisisIn } from './fixtures/board';
import { sessionIn } from './fixtures/session';

const [wire = expect.fail('no case')] = crisisIn('ru').upper;
const row = read.row(wire);

beforeEach(() => {
  desk.session = read.session(sessionIn('ru'), 'ru', 'UTC');
  [desk.chosen, desk.signedOut] = ['ru', false];
  answerIn(row.number).taken();
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

describe('what was typed for an act', () => {
  const send = async (answer: { status: number; body: unknown } | null) => {
    deskAnswers(() => answer);
    const draft = answerIn(row.number);
    draft.text = 'Жауап';
    draft.promises = true;
    const typed = draft.taken();
    await write(row, { text: 'Жауап', language: 'kk', announced: 'loud' }, () => draft.again(typed));
    return draft;
  };

  it('stands there again where the desk does not take it, before what was typed since', async () => {
    const draft = await send({ status: 409, body: { code: 'case_changed' } });
    expect([draft.text, draft.promises, desk.refused]).toEqual(['Жауап', true, 'case_changed']);
    const typed = draft.taken();
    draft.text = 'ещё';
    draft.again(typed);
    expect(draft.text).toBe('Жауап\nещё');
    expect(answerIn(row.number)).toBe(draft);
  });

  it('is not shown to who comes after a session that ended', async () => {
    const draft = await send({ status: 401, body: { code: 'unauthorized' } });
    expect([draft.text, answerIn(row.number).text, desk.signedOut]).toEqual(['', '', true]);
  });

  it('waits with the letter while the desk is away', async () => {
    expect((await send(null)).text).toBe('');
    expect(desk.unsent.size).toBe(1);
    desk.forget();
  });
});

it('an answer that nobody understands ends no later sending', async () => {
  deskAnswers(() => ({ body: {} }));
  await expect(act(row, { act: 'take' })).rejects.toThrow(TypeError);
  deskAnswers(({ method }) => (method === 'POST' ? { body: { row: wire } } : null));
  await flush();
  expect(desk.unsent.size).toBe(0);
});
