import { asked, deskAnswers } from './fixtures/browser';

import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';

import { addDuty, dropDuty, rota, setNumber } from '../src/api/night';
import * as wire from '../src/api/read';
import type { Duty, Wake } from '../src/api/types';
import type { WireNight } from '../src/api/wire_night';
import { desk } from '../src/desk.svelte';
import { golds, ladder, missing, standing, takers } from '../src/night/ladder';
import { proposed, read, refused, type Typed } from '../src/night/turns';
import { hoursWords, isAsleep, isWarning, missingWords, standingWords, wakeWords } from '../src/words/night';
import { dateAt, instantAt } from '../src/words/times';
import { crisisIn } from './fixtures/board';
import { calmIn } from './fixtures/calm';
import { nightIn, rotaIn, sleepersIn } from './fixtures/night';
import { officersIn, sessionIn } from './fixtures/session';

const NOW = Date.parse('2026-03-01T00:17:09Z');
const { dana, erlan } = officersIn('ru');
const gold = { id: 6, name: 'Ахметов Н.', role: 'gold' as const };
const staff = sleepersIn('ru');
const boardOf = (night: WireNight) => wire.board({ ...crisisIn('ru'), night });
const nightOf = (more: Partial<WireNight>) => boardOf({ ...nightIn('ru'), ...more }).night;
const names = (night: WireNight) =>
  ladder(boardOf(night).night, golds(staff)).map(({ step, officers }) => [step, ...officers.map(({ name }) => name)]);
const alone = {
  ...nightIn('ru'),
  on_duty: [{ officer: erlan, place: 'next' as const, has_number: true, has_push: false, push_gone: false }],
};

beforeEach(() => {
  desk.chosen = 'ru';
  desk.session = wire.session(sessionIn('ru'), 'ru', 'UTC');
  desk.tell(NOW);
});

describe('who is woken', () => {
  it('stands in order, and a gap in the rota is passed over', () => {
    expect(names(nightIn('ru'))).toEqual([
      ['first', dana.name],
      ['next', erlan.name],
      ['gold', gold.name],
    ]);
    expect(names(alone)).toEqual([
      ['next', erlan.name],
      ['gold', gold.name],
    ]);
    expect(names({ ...nightIn('ru'), on_duty: [] })).toEqual([['gold', gold.name]]);
  });

  it('is somebody at work who takes cases, by the table of roles', () => {
    const table = readFileSync(new URL('../../../docs/roles.md', import.meta.url), 'utf8');
    const roles = [...table.matchAll(/^\| `(\w+)` \|.*`take`/gm)].map(([, role]) => role);
    expect(new Set(takers(staff).map(({ role }) => role))).toEqual(new Set(roles));
    const [one = expect.fail('nobody')] = takers(staff);
    expect(takers([{ ...one, ended_at: '2026-02-28T00:00:00Z' }])).toEqual([]);
  });

  it('is missing what keeps somebody asleep', () => {
    const whole = staff.map((one) => ({ ...one, has_number: true }));
    expect(missing(nightOf({}), rotaIn('ru'), whole)).toEqual([]);
    const none = missing(nightOf({ on_duty: [], sms_goes: false }), [], []);
    expect(none.map(({ what }) => what)).toEqual(['sms', 'rota', 'gold']);
    // of those without a number only who is on the rota, or Gold
    const numberless = staff.map((one) => ({ ...one, has_number: false }));
    const said = missing(nightOf({}), rotaIn('ru').slice(0, 1), numberless).map((one) =>
      missingWords(one, dana.id, true),
    );
    expect(said).toEqual([
      'Впишите свой номер: без него SMS вас не разбудит',
      'Впишите номер, без него SMS не придёт: Ахметов Н.',
    ]);
  });

  it('is missing a push that somebody set and nothing carries, or that a phone takes no more', () => {
    const set = staff.map((one) => ({ ...one, has_number: true, has_push: one.id === dana.id }));
    const said = (night: Partial<WireNight>, all: typeof set) =>
      missing(nightOf(night), rotaIn('ru').slice(0, 1), all).map((one) => missingWords(one, dana.id, false));
    expect(said({}, set)).toEqual([]);
    expect(said({ push_goes: false }, set)).toEqual([
      'Попросите администратора запустить «ministry push»: сейчас уведомления не уходят, только SMS',
    ]);
    const gone = set.map((one) => ({ ...one, has_push: false, push_gone: true }));
    expect(said({ push_goes: false }, gone)).toEqual([
      'Снова включите уведомления на своём телефоне: он их больше не принимает',
      'Попросите снова включить уведомления, телефон их больше не принимает: Ахметов Н.',
    ]);
  });

  it('is told to whoever cannot mend it so that they can ask for it', () => {
    const all = missing(nightOf({ on_duty: [] }), [], staff);
    expect(all.map((one) => missingWords(one, 1, false))).toEqual([
      'Попросите старшего смены поставить дежурного: сейчас никого нет',
    ]);
  });
});

describe('the line of the board', () => {
  const says = (night: WireNight) => {
    const one = standing(boardOf(night));
    return [isWarning(one), standingWords(one)];
  };
  const woke = (id: number, officer: Wake['officer'], minute: string, state: Wake['state']): Wake => ({
    id,
    officer,
    at: `2026-03-01T00:${minute}:00Z`,
    cases: [4830],
    state,
  });
  const waking = (...wakes: Wake[]) => says({ ...nightIn('ru'), wakes });

  it('says quietly whose night it is', () => {
    expect(says(nightIn('ru'))).toEqual([false, 'На дежурстве: Дана Т. · дальше: Ерлан К.']);
    expect(says(alone)).toEqual([false, 'На дежурстве: Ерлан К. · дальше: Gold']);
    expect(standing(wire.board(calmIn('ru'))).tells).toBe('on_duty');
  });

  it('warns where somebody would sleep on', () => {
    expect(says({ ...nightIn('ru'), sms_goes: false })).toEqual([true, 'SMS не уходят: ночью никого не разбудят']);
    const [pushed] = nightIn('ru').on_duty.map((one) => ({ ...one, has_push: true }));
    const byPush = { ...nightIn('ru'), on_duty: pushed ? [pushed] : [], sms_goes: false };
    expect(says(byPush)).toEqual([true, 'SMS не уходят: ночью разбудит только уведомление']);
    expect(standing(boardOf({ ...byPush, push_goes: false })).tells).toBe('no_sms');
    expect(says({ ...nightIn('ru'), on_duty: [] })).toEqual([true, 'Поставьте дежурного: сейчас никого нет']);
    const [first = expect.fail('nobody'), next = expect.fail('nobody')] = nightIn('ru').on_duty;
    const unreached = { ...nightIn('ru'), on_duty: [{ ...first, has_number: false }, next] };
    expect(says(unreached)).toEqual([true, 'Нет номера, SMS не придёт: Дана Т.']);
  });

  it('says who was woken for a life that is still nobody’s, and who comes next', () => {
    expect(waking(woke(1, dana, '14', 'sent'))).toEqual([
      false,
      '05:14 · SMS отправлено: Дана Т. · № 4\u00a0830 пока никто не взял · дальше: Ерлан К.',
    ]);
    expect(waking(woke(2, erlan, '16', 'waits'), woke(1, dana, '14', 'sent'))[1]).toMatch(
      /^05:16 · будят: Ерлан К\..*дальше: Gold$/,
    );
    expect(waking(woke(3, gold, '17', 'sent'), woke(1, dana, '14', 'sent'))[1]).not.toMatch(/дальше/);
  });

  it('says what a push did where no SMS went', () => {
    const pushed = (push: Wake['push'], state: Wake['state'] = 'waits') =>
      waking({ ...woke(1, dana, '14', state), ...(push && { push }) })[1];
    expect(pushed('taken')).toMatch(/^05:14 · уведомление отправлено: Дана Т\. · № 4\u00a0830 пока никто не взял/);
    expect(pushed('taken', 'sent')).toMatch(/^05:14 · SMS отправлено/);
    expect(pushed('on_its_way', 'no_number')).toMatch(/^05:14 · будят: Дана Т\./);
    expect(pushed('gone', 'no_number')).toMatch(/^05:14 · не разбудить: Дана Т\./);
    const gone = { ...woke(1, dana, '14', 'sent'), push: 'gone' as const };
    expect(wakeWords(gone)).toBe('телефон больше не принимает уведомления · SMS отправлено');
    expect(wakeWords({ ...gone, state: 'over', push: 'over' })).toBe('взяли раньше, SMS не понадобилось');
    expect([isAsleep(gone), isAsleep({ ...gone, state: 'no_number' })]).toEqual([false, true]);
    expect(isAsleep({ ...gone, state: 'no_number', push: 'taken' })).toBe(false);
  });

  it('names all who were woken at one time', () => {
    expect(waking(woke(2, erlan, '14', 'no_number'), woke(1, dana, '14', 'sent'))[1]).toMatch(
      /^05:14 · SMS отправлено: Ерлан К\., Дана Т\./,
    );
  });

  it('warns where no SMS reaches whoever was to be woken', () => {
    expect(waking(woke(1, dana, '14', 'no_number'))[0]).toBe(true);
    expect(waking(woke(1, dana, '14', 'refused'))[1]).toMatch(
      /^05:14 · не разбудить: Дана Т\. · возьмите № 4.830 сами/,
    );
    const stuck = { ...nightIn('ru'), sms_goes: false, wakes: [woke(1, dana, '14', 'waits')] };
    expect(says(stuck)[0]).toBe(true);
  });

  it('is of whose night it is again once somebody has the case', () => {
    const taken = { ...woke(1, dana, '14', 'sent'), cases: [4768] };
    expect(waking(taken)[1]).toMatch(/^На дежурстве/);
  });
});

describe('a turn', () => {
  const at = (instant: string) => Date.parse(instant);
  const night = (day: string, ends: string) => ({
    from_day: day,
    from_hour: '20:00',
    until_day: ends,
    until_hour: '08:00',
  });

  it('is proposed for the night that runs, or comes next', () => {
    // 05:17, and 19:17 in Astana
    expect(proposed([], NOW)).toMatchObject({ place: 'first', ...night('28.02.2026', '01.03.2026') });
    expect(proposed([], at('2026-03-01T14:17:00Z'))).toMatchObject(night('01.03.2026', '02.03.2026'));
    expect(proposed([], at('2026-12-31T14:17:00Z'))).toMatchObject(night('31.12.2026', '01.01.2027'));
  });

  it('is proposed where somebody lacks', () => {
    const duties = rotaIn('ru');
    expect(proposed(duties.slice(0, 1), NOW)).toMatchObject({ place: 'next', ...night('28.02.2026', '01.03.2026') });
    expect(proposed(duties.slice(0, 3), NOW)).toMatchObject({ place: 'next', ...night('01.03.2026', '02.03.2026') });
    // a turn of a later night leaves this one free
    expect(proposed(duties.slice(4), NOW)).toMatchObject({ place: 'first', ...night('28.02.2026', '01.03.2026') });
    // one turn of several nights has each of them
    expect(proposed(duties, NOW)).toMatchObject({ place: 'next', ...night('02.03.2026', '03.03.2026') });
  });

  const typed = (more: Partial<Typed> = {}): Typed => ({ ...proposed([], NOW), officer: 2, ...more });

  it('is read by the clock at home', () => {
    expect(read(typed(), NOW)).toEqual({
      duty: {
        officer: 2,
        place: 'first',
        from: '2026-02-28T15:00:00.000Z',
        until: '2026-03-01T03:00:00.000Z',
      },
    });
  });

  it('is as long as the night is where the clock is put on', () => {
    const zone = 'Europe/Berlin';
    expect(instantAt('2026-03-28', '20:00', zone)).toBe('2026-03-28T19:00:00.000Z');
    expect(instantAt('2026-03-29', '08:00', zone)).toBe('2026-03-29T06:00:00.000Z');
    expect(instantAt('2026-10-25', '08:00', zone)).toBe('2026-10-25T07:00:00.000Z');
    expect(dateAt('2026-03-01T23:30:00Z', zone)).toBe('2026-03-02');
    expect(dateAt('2026-03-01T23:30:00Z', 'America/New_York')).toBe('2026-03-01');
  });

  it('is wrong in the field that is wrong', () => {
    const wrong = (more: Partial<Typed>) => read(typed(more), NOW);
    expect(wrong({ officer: null, from_day: '31.02.2026', until_hour: '25:00' })).toEqual({
      wrong: { officer: 'missing', from_day: 'day', until_hour: 'hour' },
    });
    expect(wrong({ from_hour: 'вечером', until_day: '' })).toEqual({ wrong: { from_hour: 'hour', until_day: 'day' } });
    expect(wrong({ until_day: '28.02.2026' })).toEqual({ wrong: { until_day: 'order' } });
    expect(wrong({ until_day: '08.03.2026' })).toEqual({ wrong: { until_day: 'long' } });
    expect(wrong({ from_day: '27.02.2026', until_day: '28.02.2026' })).toEqual({ wrong: { until_day: 'past' } });
  });

  it('says its hours, and the day it ends on where that is a later one', () => {
    const [first = expect.fail('no turn')] = rotaIn('ru');
    const until = (until: string): Duty => ({ ...first, until });
    expect(hoursWords(first)).toBe('20:00–08:00');
    expect(hoursWords(until('2026-03-05T03:00:00Z'))).toBe('20:00–чт 5 мар 08:00');
  });
});

describe('what the desk is asked', () => {
  const duty = { officer: 2, place: 'first' as const, from: '2026-02-28T15:00:00Z', until: '2026-03-01T03:00:00Z' };
  const invalid = (pointer: string) => ({ status: 422, body: { code: 'field_invalid', pointer } });

  it('is the rota, a turn, its end, and a number', async () => {
    deskAnswers(({ method }) => (method === 'GET' ? { body: { duties: rotaIn('ru') } } : { status: 204 }));
    expect(await rota()).toEqual(rotaIn('ru'));
    expect([await addDuty(duty), await setNumber(2, ''), await dropDuty(4)]).toEqual([null, null, undefined]);
    expect(asked.slice(1)).toEqual([
      { method: 'POST', path: '/v1/rota', body: duty },
      { method: 'PUT', path: '/v1/officers/2/number', body: { number: '' } },
      { method: 'DELETE', path: '/v1/rota/4', body: undefined },
    ]);
  });

  it('names the field that it does not take', async () => {
    deskAnswers(({ path }) => invalid(path === '/v1/rota' ? '/officer' : '/number'));
    expect([await addDuty(duty), await setNumber(2, '12')]).toEqual(['/officer', '/number']);
    expect(['/officer', '/from', '/until'].map(refused)).toEqual([
      { officer: 'cannot' },
      { from_day: 'day' },
      { until_day: 'order' },
    ]);
  });

  it('is refused aloud where it is no field', async () => {
    deskAnswers(() => ({ status: 403, body: { code: 'forbidden' } }));
    await expect(setNumber(3, '+1')).rejects.toMatchObject({ code: 'forbidden', pointer: null });
    await expect(dropDuty(4)).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('is done where a turn is off already', async () => {
    deskAnswers(() => ({ status: 404, body: { code: 'not_found' } }));
    await expect(dropDuty(4)).resolves.toBeUndefined();
  });
});
