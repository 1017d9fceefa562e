import './fixtures/browser';

import { render } from 'svelte/server';
import { beforeEach, describe, expect, it } from 'vitest';

import * as read from '../src/api/read';
import type { WireCase } from '../src/api/wire';
import { composed, smsTo } from '../src/case/compose';
import BySms from '../src/case/BySms.svelte';
import Party from '../src/case/Party.svelte';
import { phonesOf } from '../src/case/phones';
import { desk } from '../src/desk.svelte';
import { caseIn, closedIn, quietIn, smsIn } from './fixtures/case';

const NOW = Date.parse('2026-03-01T00:24:00Z');
const due = (hour: number, minutes: number): string => `${hour}:${minutes}`;
const reader = { language: 'kk', quiet: false };

describe('what is written', () => {
  it('without words is no letter', () => {
    expect(composed({ text: '  ', asks: false, promises: false, hour: '' }, reader, due)).toEqual({ missing: 'text' });
  });

  it('promises nothing without an hour', () => {
    for (const hour of ['', 'скоро', '25:00', '9']) {
      expect(composed({ text: 'Жауап', asks: false, promises: true, hour }, reader, due)).toEqual({ missing: 'hour' });
    }
  });

  it('carries the promise with its hour, as it is typed', () => {
    expect(composed({ text: ' Жауап: ', asks: false, promises: true, hour: '4.45' }, reader, due)).toEqual({
      letter: {
        text: 'Жауап: 04:45',
        language: 'kk',
        announced: 'loud',
        neutral: false,
        promise: { what: 'Жауап: 04:45', by: '4:45' },
      },
    });
  });

  it('asks for a yes or a no where an officer wants one', () => {
    const result = composed({ text: 'а', asks: true, promises: false, hour: '' }, reader, due);
    expect(result).toMatchObject({ letter: { asks: ['yes', 'no'] } });
  });

  it('comes without a sound to somebody who must stay silent', () => {
    const result = composed(
      { text: 'а', asks: false, promises: false, hour: '' },
      { language: 'ru', quiet: true },
      due,
    );
    expect(result).toMatchObject({ letter: { announced: 'silent', neutral: true } });
  });
});

describe('a case as the desk opens it', () => {
  const one = read.caseOf(caseIn('ru'), NOW);

  it('has one line of time, the newest below, and no message twice', () => {
    const times = one.lines.map(({ at }) => Date.parse(at));
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(one.lines.filter(({ kind }) => kind !== 'event').length).toBe(3);
  });

  it('gives each need its person', () => {
    expect(one.parties.flatMap(({ needs }) => needs)).toEqual([
      { what: 'medicine', name: 'Инсулин', days: 1, who: 'Есенов Алихан' },
      { what: 'wheelchair', who: 'Есенова Рахима' },
    ]);
  });

  it('takes what nobody agreed to as a no', () => {
    const consents = one.parties.flatMap(({ consents }) => consents);
    expect(consents.filter(({ given }) => !given).map(({ what }) => what)).toEqual(['say_health']);
  });

  it('knows which leg is now', () => {
    expect(one.trip.map(({ phase }) => phase)).toEqual(['past', 'now', 'ahead']);
  });

  it('counts what did not open, and has no rank that nobody accepted', () => {
    const quiet = read.caseOf(quietIn('ru'), NOW);
    expect([quiet.shut, quiet.row.accepted, quiet.row.objection, quiet.row.moved]).toEqual([1, null, true, true]);
  });

  it('ends with the person’s own word', () => {
    expect(read.caseOf(closedIn('ru'), NOW).closed).toMatchObject({
      word: 'Инсулинді алдық, рақмет',
      wordMissing: null,
    });
  });

  it('forgets a promise that was kept', () => {
    const wire = caseIn('ru');
    const kept = { ...wire, promises: wire.promises.map((one) => ({ ...one, kept_at: one.by })) };
    expect(read.caseOf(kept, NOW).promises).toEqual([]);
  });
});

describe('cases that are one', () => {
  const whole = caseIn('ru');
  const { party = expect.fail('no party') } = whole;
  const brother: WireCase = {
    ...whole,
    row: { ...whole.row, number: 4822 },
    people: [{ number: 1, name: 'Есенов Бекзат', phone: '+44 20 7946 0177', needs: { medicine: 'Варфарин' } }],
    party: { ...party, adults: 1, children: 0, phone: '+44 20 7946 0199', for_relatives: {}, needs: { infant: true } },
    sign: { asked_at: '2026-03-01T00:05:00Z', answer: 'no', answered_at: '2026-03-01T00:10:00Z' },
  };
  const { language: _, ...unknown } = whole;
  const sign = { asked_at: '2026-03-01T00:00:00Z' };
  const one = read.caseOf({ ...unknown, sign, joined: [brother] }, NOW);
  beforeEach(() => {
    desk.chosen = 'ru';
  });

  it('have each party whole: its people, its needs, its consents', () => {
    expect(one.parties.map(({ of, people, children, members }) => [of, people, children, members.length])).toEqual([
      [null, 4, 1, 4],
      [4822, 1, 0, 1],
    ]);
    expect(one.parties[1]?.needs).toEqual([
      { what: 'infant', who: null },
      { what: 'medicine', name: 'Варфарин', days: null, who: 'Есенов Бекзат' },
    ]);
    const agreed = one.parties.map(({ consents }) => consents.filter(({ given }) => given).length);
    expect(agreed).toEqual([3, 0]);
    const shown = render(Party, { props: { one } })
      .body.replaceAll(' </span><span>', ' · ')
      .replace(/<!--.*?-->/g, '');
    for (const words of ['Вместе, 4 человека · № 4\u00a0811', 'Вместе, 1 человек · № 4\u00a0822', 'Варфарин']) {
      expect(shown).toContain(words);
    }
    expect(shown.match(/Что можно говорить близким/g)).toHaveLength(2);
  });

  it('are called by all their numbers, each once, those at home last', () => {
    expect(phonesOf(one).map(({ number }) => number)).toEqual([
      '+44 20 7946 0142',
      '+44 20 7946 0187',
      '+44 20 7946 0199',
      '+44 20 7946 0177',
      '+44 20 7946 0155',
    ]);
  });

  it('are read in the language that one of them said, and no answer is hidden by a question', () => {
    expect([one.lang, one.signs.map(({ answer }) => answer)]).toEqual(['kk', [null, 'no']]);
  });
});

describe('who must not be called, and wrote by SMS', () => {
  const NUMBERS = ['+7 701 000 00 01', '+7 702 000 00 02'] as const;
  const [own, other] = NUMBERS;
  const whole = smsIn('ru');
  const from = (number: number, sms_from: string): WireCase => ({
    ...whole,
    row: { ...whole.row, number },
    words: [{ id: sms_from, at: '2026-03-01T00:05:00Z', sms_from }],
  });
  const joined = (sms_from: string) => read.caseOf({ ...from(4811, own), joined: [from(4822, sms_from)] }, NOW);

  it('is written to where the words came from; of several numbers none is named', () => {
    expect(smsTo(read.caseOf(from(4811, own), NOW))).toEqual({ number: own });
    expect(smsTo(joined(own))).toEqual({ number: own });
    expect(smsTo(joined(other))).toBe('several');
    const free = { ...joined(other) };
    expect(smsTo({ ...free, row: { ...free.row, tags: [] } })).toBeNull();
  });

  it('has each number with its case', () => {
    desk.chosen = 'ru';
    const { body } = render(BySms, { props: { one: joined(other) } });
    expect(body.replace(/<!--.*?-->|\s+/g, ' ')).toMatch(/4\s811.*\+7 702 000 00 02.*4\s822/);
    expect(render(BySms, { props: { one: read.caseOf(from(4811, own), NOW) } }).body).not.toContain('№');
  });
});
