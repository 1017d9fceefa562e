import { asked, deskAnswers } from './fixtures/browser';

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { act } from '../src/acts';
import { searchTyped, type Candidate } from '../src/api/intake';
import * as read from '../src/api/read';
import type { WireDraft, WireIntake } from '../src/api/wire_intake';
import { desk } from '../src/desk.svelte';
import { call, CallDraft } from '../src/intake/draft.svelte';
import { empty, isEmpty } from '../src/intake/form';
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
const held = (id: string, intake: WireIntake = filled()): WireDraft => ({ ...draftIn('ru', filled()), id, intake });
const kept = () =>
  asked.flatMap(({ method, body }) => (method === 'PUT' ? [(body as { intake: WireIntake }).intake] : []));
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
    draft.done = 7;
    draft.hold(held('other'));
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
    expect(draft.done).toBe(9);
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

describe('what is typed while the desk is being told', () => {
  const typing = async (draft: CallDraft, text: string, ms = 500) => {
    draft.form.text = text;
    draft.changed();
    await vi.advanceTimersByTimeAsync(ms);
  };

  it('is told too, also where it is what stood there before', async () => {
    const answers: ((given: { status: number }) => void)[] = [];
    deskAnswers(() => (kept().length === 1 ? { status: 204 } : new Promise((given) => answers.push(given))));
    const draft = new CallDraft();
    draft.form = filled();
    for (const text of ['a', 'ab', 'a']) await typing(draft, text);
    expect(kept().map(({ text }) => text)).toEqual(['a', 'ab', 'a']);
  });

  it('is taken back at the desk where it was taken back here', async () => {
    deskAnswers(() => ({ status: 204 }));
    const draft = new CallDraft();
    await typing(draft, 'a');
    await typing(draft, '');
    expect(kept().map(({ text }) => text)).toEqual(['a', '']);
  });

  it('is added to the case, also while that is joined', async () => {
    const draft = new CallDraft();
    deskAnswers(({ path }) => {
      if (path === '/v1/cases') return { body: { number: 9 } };
      draft.form.text = 'ещё';
      return { body: { row: wire } };
    });
    draft.form = filled();
    draft.tieTo({ ...someone('t-1'), row, trip: null });
    await draft.save();
    expect(saved()).toMatchObject([{ intake: { text: '' } }, { intake: { text: 'ещё' } }]);
    expect(asked.filter(({ path }) => path.endsWith('/acts'))).toHaveLength(1);
    expect(draft.done).toBe(9);
  });

  it('stays here where its case takes no more, and the number of that is known', async () => {
    const draft = new CallDraft();
    const taken = { status: 409, body: { code: 'case_taken' } };
    deskAnswers(() => {
      if (draft.form.text === 'ещё') return taken;
      draft.form.text = 'ещё';
      return { body: { number: 9 } };
    });
    draft.form = filled();
    await draft.save();
    await vi.advanceTimersByTimeAsync(1_000);
    expect([draft.made, draft.done, draft.form.text, desk.refused]).toEqual([9, null, 'ещё', 'case_taken']);
    expect(kept()).toEqual([]);
  });

  it('is kept where the case could not be made', async () => {
    const draft = new CallDraft();
    draft.form = filled();
    deskAnswers(({ path }) => {
      if (path !== '/v1/cases') return { status: 204 };
      draft.form.text = 'ещё';
      return { status: 422, body: { code: 'field_invalid' } };
    });
    await draft.save();
    await vi.advanceTimersByTimeAsync(500);
    expect([kept().map(({ text }) => text), draft.state]).toEqual([['ещё'], 'kept']);
  });

  it('is tried again by a desk that cannot write now, and is not called kept', async () => {
    const draft = new CallDraft();
    deskAnswers(() => ({ status: 503, body: { code: 'unavailable' } }));
    await typing(draft, 'a');
    expect([draft.state, desk.refused]).toEqual(['refused', 'unavailable']);
    deskAnswers(() => ({ status: 204 }));
    await vi.advanceTimersByTimeAsync(2_000);
    expect([draft.state, kept().length]).toEqual(['kept', 1]);
  });

  it('is not tried again once it was given up', async () => {
    const draft = new CallDraft();
    let leaves: (given: null) => void = () => undefined;
    deskAnswers(() => new Promise((given) => (leaves = given)));
    await typing(draft, 'a');
    await typing(draft, 'ab', 10);
    leaves(null);
    await vi.advanceTimersByTimeAsync(1);
    draft.renew();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(kept()).toHaveLength(1);
  });
});

describe('a second call of who takes one at a time', () => {
  it('stays at the page with what was typed until it is passed on; then the first is gone on with', async () => {
    const draft = new CallDraft();
    draft.form = filled();
    deskAnswers(({ method }) => {
      if (method === 'PUT') return { status: 409, body: { code: 'not_possible' } };
      return { body: method === 'GET' ? { drafts: [held('first')] } : { number: 9 } };
    });
    draft.changed();
    await vi.advanceTimersByTimeAsync(500);
    expect([draft.state, draft.form.name, desk.refused]).toEqual(['second', 'Айгүл', null]);
    await draft.save();
    expect([saved(), draft.done]).toMatchObject([[{ intake: { name: 'Айгүл' } }], 9]);
    draft.renew();
    await draft.begin();
    expect(draft.id).toBe('first');
  });

  it('is not said of a call that another took over', async () => {
    deskAnswers(() => ({ status: 409, body: { code: 'case_taken' } }));
    const draft = new CallDraft();
    draft.form = filled();
    draft.changed();
    await vi.advanceTimersByTimeAsync(500);
    expect(draft.state).toBe('taken_over');
  });
});

describe('a call that is gone on with', () => {
  it('has each field as it was kept, and the hour of that', async () => {
    const intake: WireIntake = {
      ...draftIn('ru').intake,
      needs: ['medical'],
      people: 3,
      medicine_days: 0,
      may_write: false,
      may_call: true,
      safe_when: 'ночью',
      document: 'N 1',
      read_back: true,
    };
    deskAnswers(({ method }) => (method === 'GET' ? { body: { drafts: [held('first', intake)] } } : { status: 204 }));
    const draft = new CallDraft();
    await draft.begin();
    expect(draft.form).toEqual(intake);
    expect(draft.keptAt).toBe(Date.parse(draftIn('ru').changed_at));
    draft.changed();
    await vi.advanceTimersByTimeAsync(500);
    expect([kept(), draft.form.read_back]).toEqual([[], true]);
  });

  it('is where its words say now, and nowhere else', async () => {
    deskAnswers(() => ({ status: 204 }));
    const draft = new CallDraft();
    draft.hold(held('first', { ...filled(), place: 'Катар, DOH', country: 'QA', airport: 'DOH' }));
    draft.form.place = 'отель у моря';
    draft.changed();
    await vi.advanceTimersByTimeAsync(500);
    expect(kept()).toMatchObject([{ place: 'отель у моря', country: null, airport: null }]);
  });

  it('takes the place of one in which a number was typed and taken away again', () => {
    const draft = new CallDraft();
    draft.form.people = 3;
    draft.form.people = null;
    expect([isEmpty(draft.form), draft.isFree]).toEqual([true, true]);
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
    // a no is an answer
    expect(await heardOf({ status: 401 }, none)).toEqual([false, false, null, true]);
  });

  it('is said of a call that could not be given up, and not of one that it never had', async () => {
    for (const [answer, refused] of [
      [{ status: 403, body: { code: 'forbidden' } }, 'forbidden'],
      [{ status: 404, body: { code: 'not_found' } }, null],
    ] as const) {
      desk.refused = null;
      deskAnswers(() => answer);
      call.hold(held('id'));
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
