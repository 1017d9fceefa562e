import { asked, deskAnswers } from './fixtures/browser';

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { act } from '../src/acts';
import { searchTyped, type Candidate } from '../src/api/intake';
import * as read from '../src/api/read';
import { desk } from '../src/desk.svelte';
import { call, CallDraft } from '../src/intake/draft.svelte';
import { empty } from '../src/intake/form';
import { heard, refresh } from '../src/refresh';
import { Typed } from '../src/typed';
import { draftIn } from './fixtures/intake';
import { crisisIn } from './fixtures/board';
import { sessionIn } from './fixtures/session';

const [wire = expect.fail('no case')] = crisisIn('ru').upper;
const row = read.row(wire);
const someone = (trip: string): Candidate => ({
  row: null,
  trip,
  name: 'X',
  born: null,
  agree: ['number'],
  differ: [],
});
const NUMBER = '+7 701 000 00 01';
const filled = () => ({ ...empty(), by: 'relative' as const, number: NUMBER, name: 'Айгүл' });
const saved = () => asked.filter(({ path }) => path === '/v1/cases').map(({ body }) => body);

beforeEach(() => {
  vi.useFakeTimers();
  desk.chosen = 'ru';
  desk.session = read.session(sessionIn('ru'), 'ru', 'UTC');
  [desk.away, desk.signedOut, desk.ended, desk.refused] = [null, false, false, null];
  call.renew();
});
afterEach(() => vi.useRealTimers());

describe('whose call it is', () => {
  it('is nobody’s before when another call is gone on with', () => {
    const draft = new CallDraft();
    draft.form = filled();
    draft.tieTo(someone('t-1'));
    draft.done = { number: 7 };
    draft.hold('other', filled(), 0, 3);
    expect([draft.tie, draft.done, draft.id]).toEqual([null, null, 'other']);
  });

  it('is forgotten when what is said finds others, and kept while it finds them', () => {
    const draft = new CallDraft();
    draft.form = filled();
    draft.tieTo(someone('t-1'));
    draft.found([someone('t-2'), someone('t-1')]);
    expect(draft.tie?.trip).toBe('t-1');
    draft.found([someone('t-2')]);
    expect(draft.tie).toBeNull();
  });

  it('is not said of who was found by other words', async () => {
    deskAnswers(() => ({ body: { number: 9 } }));
    const draft = new CallDraft();
    draft.form = filled();
    draft.tieTo(someone('t-1'));
    draft.form.number = '+7 702 000 00 02';
    await draft.save();
    expect(saved()).toEqual([expect.not.objectContaining({ trip: 't-1' })]);
    expect(saved()).toHaveLength(1);
  });

  it('is said of who was found by these', async () => {
    deskAnswers(() => ({ body: { number: 9 } }));
    const draft = new CallDraft();
    draft.form = filled();
    draft.tieTo(someone('t-1'));
    await draft.save();
    expect(saved()).toEqual([expect.objectContaining({ trip: 't-1' })]);
    expect(draft.done).toEqual({ number: 9 });
  });

  it('is joined to their case for what agrees', async () => {
    deskAnswers(({ path }) => ({ body: path === '/v1/cases' ? { number: 9 } : { row: wire } }));
    const draft = new CallDraft();
    draft.form = filled();
    draft.tieTo({ ...someone('t-1'), row, trip: null, agree: ['number', 'kin'] });
    await draft.save();
    expect(asked.at(-1)?.body).toMatchObject({ act: 'join', other: 9, reason: 'номер, номер близкого' });
  });
});

describe('what is typed', () => {
  it('is never overwritten by an older call that comes late', async () => {
    const draft = new CallDraft();
    deskAnswers(() => {
      draft.form.name = 'Айгүл';
      return { body: { drafts: [draftIn('ru')] } };
    });
    await draft.begin();
    expect([draft.form.name, draft.form.number]).toEqual(['Айгүл', '']);
  });

  it('stays where another call would be taken, and that is left where it is', async () => {
    deskAnswers(() => ({ body: draftIn('ru') }));
    call.form = filled();
    expect(await call.take('other')).toBe(false);
    expect([call.form.name, asked.length]).toEqual(['Айгүл', 0]);
    call.renew();
    expect(await call.take('other')).toBe(true);
    expect(call.form.name).toBe(draftIn('ru').intake.name);
  });

  it('is read back by its number and name: another is not', () => {
    const draft = new CallDraft();
    draft.form = filled();
    draft.toggleReadBack();
    draft.form.place = 'Доха';
    draft.changed();
    expect(draft.form.read_back).toBe(true);
    draft.form.name = 'Айгуль';
    draft.changed();
    expect(draft.form.read_back).toBe(false);
    draft.toggleReadBack();
    draft.toggleReadBack();
    expect(draft.form.read_back).toBe(false);
  });

  it('of a call that was given up is saved no more', async () => {
    deskAnswers(() => null);
    const draft = new CallDraft();
    draft.form = filled();
    const saving = draft.save();
    await vi.advanceTimersByTimeAsync(1);
    draft.renew();
    draft.form = { ...filled(), name: 'Другой' };
    deskAnswers(() => ({ body: { number: 9 } }));
    await vi.advanceTimersByTimeAsync(10_000);
    await saving;
    expect([saved(), draft.done, draft.form.name]).toEqual([[], null, 'Другой']);
  });

  it('is not said to be kept because another was', async () => {
    let answer: (given: { status: number }) => void = () => undefined;
    deskAnswers(() => new Promise((given) => (answer = given)));
    const draft = new CallDraft();
    draft.form = filled();
    draft.changed();
    await vi.advanceTimersByTimeAsync(500);
    draft.renew();
    answer({ status: 204 });
    await vi.advanceTimersByTimeAsync(1);
    expect([asked.length, draft.state]).toEqual([1, 'empty']);
  });
});

describe('an officer whose session ended', () => {
  it('leaves nothing of a call at the page, and nothing to send', async () => {
    deskAnswers(() => null);
    call.form = filled();
    call.tieTo(someone('t-1'));
    desk.refused = 'case_changed';
    await act(row, { act: 'take' });
    expect(desk.unsent.size).toBe(1);
    deskAnswers(() => ({ status: 401, body: { code: 'unauthorized' } }));
    await refresh();
    expect([desk.signedOut, desk.session, desk.refused, desk.unsent.size]).toEqual([true, null, null, 0]);
    expect([call.form, call.tie, call.state]).toEqual([empty(), null, 'empty']);
  });

  it('is seen as such wherever the desk says so', async () => {
    deskAnswers(() => ({ status: 401, body: { code: 'unauthorized' } }));
    call.form = filled();
    call.changed();
    await vi.advanceTimersByTimeAsync(500);
    expect([desk.signedOut, call.form]).toEqual([true, empty()]);
  });
});

describe('what the desk answers', () => {
  const heardOf = async (answer: { status: number; body?: unknown } | null, conflict?: (code: string) => void) => {
    deskAnswers(() => answer);
    const done = await heard(() => searchTyped('Айгүл'), conflict);
    return [done, desk.away !== null, desk.refused, desk.signedOut];
  };
  const none = () => expect.fail('no conflict');
  const conflict = { status: 409, body: { code: 'not_possible' } };

  it('is said, whatever it is, and what is not possible to whom it concerns', async () => {
    const codes: string[] = [];
    expect(await heardOf(conflict, (code) => codes.push(code))).toEqual([false, false, null, false]);
    expect(codes).toEqual(['not_possible']);
    expect(await heardOf(conflict)).toEqual([false, false, 'not_possible', false]);
    expect(await heardOf(null, none)).toEqual([false, true, 'not_possible', false]);
    expect(await heardOf({ status: 401 }, none)).toEqual([false, true, null, true]);
  });

  it('is said of a call that could not be given up, and not of one that it never had', async () => {
    for (const [answer, refused] of [
      [{ status: 403, body: { code: 'forbidden' } }, 'forbidden'],
      [{ status: 404, body: { code: 'not_found' } }, null],
    ] as const) {
      desk.refused = null;
      deskAnswers(() => answer);
      call.hold('id', filled(), 0, 1);
      await call.giveUp();
      expect([desk.refused, call.form]).toEqual([refused, empty()]);
    }
  });
});

describe('a question while somebody types', () => {
  it('is answered for what stands there now', async () => {
    const answers: string[] = [];
    const typed = new Typed<string>((answer) => answers.push(answer));
    let late: (answer: string) => void = () => undefined;
    typed.ask(() => new Promise((given) => (late = given)));
    await vi.advanceTimersByTimeAsync(500);
    typed.ask(() => Promise.resolve('new'));
    late('old');
    await vi.advanceTimersByTimeAsync(500);
    expect(answers).toEqual(['new']);
  });

  it('is not asked while it changes, and says that the desk is away', async () => {
    deskAnswers(() => null);
    const typed = new Typed<unknown>(() => undefined);
    for (const name of ['А', 'Ай', 'Айгүл']) typed.ask(() => searchTyped(name));
    await vi.advanceTimersByTimeAsync(500);
    expect(asked.map(({ body }) => body)).toEqual([{ typed: 'Айгүл' }]);
    expect(desk.away).not.toBeNull();
  });
});
