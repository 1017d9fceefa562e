import { beforeEach, describe, expect, it } from 'vitest';

import * as read from '../src/api/read';
import { found } from '../src/board/search';
import { desk } from '../src/desk.svelte';
import { labelled, radiusOf, HOLDS } from '../src/headcount/land';
import { placeName, sentence, shortName, wholeName } from '../src/words/cases';
import { codeOf, countryName, zoneOf } from '../src/words/countries';
import { grouped } from '../src/words/figures';
import { age, span } from '../src/words/spans';
import { clockAt, dayAt, minutesUntil, moment, nextAt } from '../src/words/times';
import { crisisIn } from './fixtures/board';
import { changed, harmWords } from '../src/words/headcount';
import { countIn } from './fixtures/headcount';
import { sessionIn } from './fixtures/session';

const board = read.board(crisisIn('ru'));
const row = (number: number) => board.cases.find((one) => one.number === number) ?? expect.fail(`no case ${number}`);

beforeEach(() => {
  desk.chosen = 'ru';
  desk.session = read.session(sessionIn('ru'), 'ru', 'UTC');
  desk.tell(Date.parse('2026-03-01T00:17:09Z'));
});

describe('spans of time', () => {
  it('are said in minutes, hours and days', () => {
    expect([0, 44, 60, 73, 125, 1440, 2 * 1440, 5 * 1440].map(span)).toEqual([
      '0 мин',
      '44 мин',
      '1 ч',
      '1 ч 13',
      '2 ч 05',
      '1 день',
      '2 дня',
      '5 дней',
    ]);
  });

  it('of what is old need no minutes after two hours', () => {
    expect([97, 305, -1].map(age)).toEqual(['1 ч 37', '5 ч', '0 мин']);
  });
});

describe('clocks', () => {
  it('show home, and any zone as it was then', () => {
    expect(clockAt('2026-03-01T00:17:09Z')).toBe('05:17');
    expect(clockAt('2026-03-01T00:17:09Z', 'Asia/Dubai')).toBe('04:17');
    // Almaty went an hour back on 1 March 2024
    expect(clockAt('2024-02-01T00:00:00Z', 'Asia/Almaty')).toBe('06:00');
    expect(clockAt('2026-03-01T00:00:00Z', 'Asia/Kolkata')).toBe('05:30');
  });

  it('name the day only where it is another', () => {
    const days = ['2026-02-28T23:55:00Z', '2026-02-28T10:00:00Z', '2026-02-12T10:00:00Z', '2025-12-31T10:00:00Z'];
    expect(days.map(moment)).toEqual(['04:55', 'вчера', '12 фев', '31 дек 2025']);
    expect(dayAt('2025-12-31T10:00:00Z')).toBe('ср 31 дек 2025');
  });

  it('count whole minutes, below nothing where it is late', () => {
    expect(['2026-03-01T00:24:59Z', '2026-03-01T00:17:30Z', '2026-03-01T00:05:00Z'].map(minutesUntil)).toEqual([
      7, 0, -12,
    ]);
  });

  it('take an hour that is over as tomorrow’s', () => {
    expect(nextAt(4, 45, 'Asia/Dubai')).toBe('2026-03-01T00:45:00.000Z');
    expect(nextAt(4, 17, 'Asia/Dubai')).toBe('2026-03-02T00:17:00.000Z');
    expect(nextAt(23, 59)).toBe('2026-03-01T18:59:00.000Z');
  });
});

describe('a case in words', () => {
  it('says why, whose word that is and when', () => {
    expect(sentence(row(4811)).join(' · ')).toBe('инсулина на 1 день, ребёнку 4 года · лично, 04:55');
    expect(sentence(row(4830)).join(' · ')).toBe('не может выйти · «заперт в подвале, рядом взрывы» · лично, 05:14');
    expect(sentence(row(4831)).join(' · ')).toBe('негде жить, застрял в пути · лично, 05:08');
  });

  it('says that all is well since, where somebody said so', () => {
    expect(sentence({ ...row(4831), well: '2026-03-01T00:15:00Z' }).join(' · ')).toBe(
      'негде жить, застрял в пути · говорит, что всё в порядке, 05:15 · лично, 05:08',
    );
  });

  it('names whom it is about, and how many more', () => {
    expect([4811, 4830, 4818].map((number) => wholeName(row(number)))).toEqual([
      'Есенова Айгерім +3',
      'Без имени, 1 человек',
      'Группа Ибраева +44',
    ]);
    expect(shortName(row(4811))).toBe('Есенова +3');
  });

  it('names a place by its country where nobody said more', () => {
    const place = { country: 'AE', airport: 'DXB', said: null, known: 'trip' as const, at: '' };
    expect(placeName(place)).toBe('ОАЭ, DXB');
    expect(placeName({ ...place, said: 'Al Barsha', airport: null })).toBe('Al Barsha');
  });

  it('is found by any of its words, in any order', () => {
    const numbers = (typed: string) => found(board.cases, typed).map(({ number }) => number);
    expect(numbers('есенова')).toEqual([4811]);
    expect(numbers('№ 4811')).toEqual([4811]);
    expect(numbers('ребенку барша')).toEqual([]);
    expect(numbers('ребенку barsha')).toEqual([4811]);
    expect(numbers('doh рахимов')).toEqual([4831]);
    expect(numbers('').length).toBe(board.cases.length);
  });
});

it('countries are known by their name and letters', () => {
  expect([codeOf('катар'), codeOf('qa'), codeOf('Атлантида'), codeOf('')]).toEqual(['QA', 'QA', null, null]);
  expect([countryName('AE'), countryName('XX'), zoneOf('AE'), zoneOf('XX')]).toEqual(['ОАЭ', 'XX', 'Asia/Dubai', null]);
});

it('numbers are grouped by a space that does not break', () => {
  expect([7, 412, 4812, 1234567].map(grouped)).toEqual(['7', '412', '4\u00a0812', '1\u00a0234\u00a0567']);
});

describe('the count', () => {
  const { total, places, printed, harms } = read.headcount(countIn(), null);

  it('adds up, and puts who needs help first', () => {
    expect(places.map(({ country }) => country)).toEqual(['AE', 'QA', 'BH', 'SA', 'KW', 'OM']);
    expect([total.count, total.help, total.safe + total.help + total.stranded + total.silent]).toEqual([
      7902, 217, 7902,
    ]);
    expect(total.low <= total.count && total.count <= total.high).toBe(true);
  });

  it('has who is in transit, the most first', () => {
    const { airports } = read.headcount(countIn(), null);
    expect(airports.map(({ airport, count, help }) => [airport, count, help])).toEqual([
      ['DOH', 84, 12],
      ['DXB', 61, 6],
    ]);
  });

  it('says what changed since the last table, and nothing before the first', () => {
    expect([total.change, places[0]?.change, printed]).toEqual([214, 110, '2026-02-28T23:00:00Z']);
    const { printed: _, ...first } = countIn();
    expect(read.headcount(first, null).total.change).toBe(null);
    expect([changed(214), changed(-2)]).toEqual(['+214', '−2']);
  });

  it('says of the dead what was said, and never a nought of its own', () => {
    expect(harms.map(({ kind }) => kind)).toEqual(['injured']);
    const word = { kind: 'dead' as const, confirmed: null, checking: 3, source: 'x', at: '2026-03-01T00:02:00Z' };
    expect(harmWords(word)).not.toContain('0');
  });

  it('has circles whose area is the number, and none too small to see', () => {
    expect(radiusOf(4000) ** 2 / radiusOf(2000) ** 2).toBeCloseTo(2);
    expect(radiusOf(1)).toBe(6);
  });

  it('has words that cover neither each other nor a circle to the right', () => {
    const [place = expect.fail('no place')] = places;
    const spot = (x: number, y: number, radius: number) => ({ place, x, y, radius });
    const [first, second, big] = labelled([spot(100, 100, 6), spot(104, 104, 8), spot(150, 105, HOLDS + 1)]);
    expect([first?.label.side, second?.label.side, big?.label.side]).toEqual(['left', 'left', 'below']);
    expect((second?.label.y ?? 0) - (first?.label.y ?? 0)).toBeGreaterThanOrEqual(16);
    expect(labelled([spot(100, 100, 6)])[0]?.label.side).toBe('right');
  });
});
