import { asked, deskAnswers } from './fixtures/browser';

import { render } from 'svelte/server';
import { beforeEach, describe, expect, it } from 'vitest';

import * as read from '../src/api/read';
import type { Mailing } from '../src/api/wire_intake';
import { desk } from '../src/desk.svelte';
import AnswerMany from '../src/letters/AnswerMany.svelte';
import Letters from '../src/letters/Letters.svelte';
import MailingOf from '../src/letters/Mailing.svelte';
import { AnswerDraft } from '../src/letters/answer.svelte';
import { letter, LetterDraft } from '../src/letters/draft.svelte';
import { noWords } from '../src/letters/letter';
import { crisisIn } from './fixtures/board';
import { mailingsIn } from './fixtures/intake';
import { sessionIn } from './fixtures/session';

const TEXTS = { kk: 'а', ru: 'б', en: 'c' };
const REACHES = { receivers: 3, kk: 1, ru: 1, en: 1, quiet: 0, left_out: 0, second: false };
const [waits = expect.fail('no letter')] = mailingsIn('ru');

beforeEach(() => {
  desk.chosen = 'ru';
  desk.session = read.session(sessionIn('ru'), 'ru', 'UTC');
  [desk.away, desk.refused] = [null, null];
});

/** A desk that has what was sent, and whose answer to that is lost once. */
function forgetful(hasIt: boolean): Mailing[] {
  const has: Mailing[] = [];
  let lost = false;
  deskAnswers(({ method, path, body }) => {
    if (path === '/v1/messages/receivers') return { body: REACHES };
    if (method === 'GET') return { body: { mailings: has } };
    const { to, texts, announced } = body as Mailing;
    const made: Mailing = { ...waits, id: 5, officer: desk.me ?? waits.officer, to, texts, announced, state: 'sent' };
    if (lost) return { body: made };
    lost = true;
    if (hasIt) has.push(made);
    return null;
  });
  return has;
}

async function written(): Promise<LetterDraft> {
  const draft = new LetterDraft();
  draft.to.airport = 'doh';
  draft.texts = { ...TEXTS };
  await draft.count();
  return draft;
}

const sent = () =>
  asked.flatMap(({ method, path, body }) => {
    return method === 'POST' && path === '/v1/messages' ? [(body as { id: string }).id] : [];
  });

describe('a letter whose answer was not heard', () => {
  it('is looked for before anything goes: where it is there, it is done', async () => {
    forgetful(true);
    const draft = await written();
    await draft.send();
    expect(desk.away).not.toBeNull();
    await draft.send();
    expect([sent().length, draft.texts.kk, draft.written.length]).toEqual([1, '', 1]);
  });

  it('keeps its id, however often it is counted, while it is the same', async () => {
    forgetful(false);
    const draft = await written();
    await draft.send();
    await draft.count();
    await draft.send();
    expect(sent()).toHaveLength(2);
    expect(new Set(sent()).size).toBe(1);
  });

  it('is not taken for an older one of the same words', async () => {
    const has = forgetful(false);
    const old: Mailing = { ...waits, id: 4, officer: desk.me ?? waits.officer, to: { airport: 'DOH' }, texts: TEXTS };
    const draft = await written();
    draft.written = [{ ...old, announced: 'loud' }];
    await draft.send();
    has.push(...draft.written);
    await draft.send();
    expect(sent()).toHaveLength(2);
  });

  it('is another where its words changed: that the first has gone is said', async () => {
    forgetful(true);
    const draft = await written();
    await draft.send();
    draft.texts.ru = 'в';
    await draft.send();
    expect([sent().length, draft.gone, draft.seen, draft.texts.ru]).toEqual([1, true, null, 'в']);
    await draft.count();
    await draft.send();
    expect(new Set(sent()).size).toBe(2);
  });
});

it('a letter is not sent twice at once', async () => {
  deskAnswers(({ path }) => ({ body: path === '/v1/messages/receivers' ? REACHES : { mailings: [] } }));
  const draft = await written();
  await Promise.all([draft.send(), draft.send()]);
  expect(sent()).toHaveLength(1);
});

it('whom it reaches is not said of whom stood there before', async () => {
  const draft = new LetterDraft();
  draft.to.airport = 'doh';
  deskAnswers(() => {
    draft.to.airport = 'dxb';
    return { body: REACHES };
  });
  await draft.count();
  expect(draft.seen).toBeNull();
});

it('a letter that waits for a second officer is shown whole', () => {
  const { body } = render(MailingOf, { props: { one: waits, decide: () => undefined } });
  for (const part of [...Object.values(waits.texts), 'ОАЭ', 'со звуком', '2310']) expect(body).toContain(part);
});

it('a letter stays while another room is looked at, and is forgotten with its officer', () => {
  letter.texts.kk = 'Әуежайға бармаңыз';
  expect(render(Letters).body).toContain('Әуежайға бармаңыз');
  desk.forget();
  expect([letter.texts, letter.to.airport]).toEqual([noWords(), '']);
});

describe('one answer to many cases', () => {
  const begun = () => {
    desk.board = read.board(crisisIn('ru'));
    const draft = AnswerDraft.to(desk.board.cases.slice(0, 2));
    draft.texts = { ...TEXTS };
    return draft;
  };
  const bodies = () => asked.flatMap(({ path, body }) => (path === '/v1/answers' ? [body] : []));
  const shown = (draft: AnswerDraft) => render(AnswerMany, { props: { draft, close: () => undefined } }).body;

  it('is sent again as it was, where its answer was not heard: a case that has it takes no second', async () => {
    const draft = begun();
    deskAnswers(() => null);
    await draft.send();
    // by now each case is another
    desk.board = { ...read.board(crisisIn('ru')), cases: draft.rows.map((row) => ({ ...row, version: 9 })) };
    deskAnswers(({ path }) => (path === '/v1/answers' ? { body: { done: [], refused: [{}, {}] } } : null));
    await draft.send();
    expect(bodies()).toMatchObject([{ cases: draft.rows.map(({ number }) => ({ number, version: 1 })) }]);
    expect(shown(draft)).toContain('Прошлый ответ мог уйти');
  });

  it('keeps its words for others where it was left unsent, and begins nothing anew where it may have come', async () => {
    begun();
    const others = read.board(crisisIn('ru')).cases.slice(2, 3);
    const next = AnswerDraft.to(others);
    expect([next.texts, next.rows]).toEqual([TEXTS, others]);
    deskAnswers(() => null);
    await next.send();
    expect(AnswerDraft.to(others)).toBe(next);
    desk.forget();
    expect(AnswerDraft.to(others).texts).toEqual(noWords());
  });

  it('keeps its words where the desk refuses, and says why', async () => {
    const draft = begun();
    desk.away = '2026-03-01T12:00:00Z';
    deskAnswers(() => ({ status: 503, body: { code: 'standby' } }));
    await draft.send();
    expect(draft.texts).toEqual(TEXTS);
    expect(shown(draft)).toContain('Это запасной сервер');
    expect(draft.lost).toBe(false);
    // what another room was refused is not this one's
    desk.refused = 'forbidden';
    expect(shown(draft)).toContain('Это запасной сервер');
    deskAnswers(({ path }) => (path === '/v1/answers' ? { body: { done: [{}, {}], refused: [] } } : null));
    await draft.send();
    expect([draft.done, desk.refused]).toEqual([{ done: 2, refused: 0 }, null]);
  });
});
