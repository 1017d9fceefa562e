import { expect, it } from 'vitest';
import { civil, clock, day, moment, readDate, readTime, weekday, writeDate } from '../src/lib/words/calendar';

const offsets = (minutes: number) => [{ from: '2024-03-01T00:00:00Z', minutes }];
const [UTC, DUBAI] = [offsets(0), offsets(240)];
const now = civil('2026-03-01T10:20:00Z', DUBAI);

it('shows the clock on the wall of a zone', () => {
  expect(clock(now)).toBe('14:20');
  expect(clock(civil('2026-03-01T20:00:00Z', DUBAI))).toBe('00:00');
});

it('follows clocks that change with the season', () => {
  const london = [
    { from: '2025-10-26T01:00:00Z', minutes: 0 },
    { from: '2026-03-29T01:00:00Z', minutes: 60 },
  ];
  const at = (instant: string) => clock(civil(instant, london));
  expect([at('2026-03-29T00:59:00Z'), at('2026-03-29T01:00:00Z'), at('2020-07-01T12:00:00Z')]).toEqual([
    '00:59',
    '02:00',
    '12:00',
  ]);
});

it('shows UTC where nothing is known', () => {
  expect(clock(civil('2026-03-01T10:20:00Z', []))).toBe('10:20');
});

it('names days in three languages, and the year only when it is another', () => {
  const march = civil('2026-03-05T10:00:00Z', UTC);
  expect([day('kk', march, now), day('ru', march, now), day('en', march, now)]).toEqual([
    '5 наурыз',
    '5 марта',
    '5 March',
  ]);
  const next = civil('2027-01-02T10:00:00Z', UTC);
  expect([day('kk', next, now), day('ru', next, now)]).toEqual(['2027 ж. 2 қаңтар', '2 января 2027']);
  expect([weekday('kk', march), weekday('ru', march)]).toEqual(['бейсенбі', 'четверг']);
});

it('says the day only where it is not today', () => {
  expect(moment('ru', civil('2026-03-01T16:00:00Z', DUBAI), now)).toBe('20:00');
  expect(moment('ru', civil('2026-03-02T16:00:00Z', DUBAI), now)).toBe('2 марта, 20:00');
});

it.each([
  ['05.03.2026', '2026-03-05'],
  ['5.3.26', '2026-03-05'],
  ['05/03/2026', '2026-03-05'],
  ['05032026', '2026-03-05'],
  ['2026-03-05', '2026-03-05'],
  ['31.02.2026', null],
  ['13.13.2026', null],
  ['завтра', null],
  ['', null],
])('reads the day %s as %s', (typed, read) => {
  expect(readDate(typed)).toBe(read);
});

it.each([
  ['9:41', '09:41'],
  ['09.41', '09:41'],
  ['0941', '09:41'],
  ['24:00', null],
  ['9:60', null],
  ['', null],
])('reads the time %s as %s', (typed, read) => {
  expect(readTime(typed)).toBe(read);
});

it('writes a day back as it is typed', () => {
  expect(writeDate('2026-03-05T10:00')).toBe('05.03.2026');
  expect(writeDate('2026-08')).toBe('08.2026');
});
