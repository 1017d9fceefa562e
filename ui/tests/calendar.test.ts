import { expect, it } from 'vitest';
import {
  civil,
  clock,
  day,
  minutesAhead,
  moment,
  readDate,
  readTime,
  weekday,
  writeDate,
} from '../src/lib/words/calendar';

const now = civil('2026-03-01T10:20:00Z', 'Asia/Dubai');

it('shows the clock on the wall of a zone', () => {
  expect(clock(now)).toBe('14:20');
  expect(clock(civil('2026-03-01T20:00:00Z', 'Asia/Dubai'))).toBe('00:00');
});

it('falls back to UTC where the WebView does not know the zone', () => {
  expect(clock(civil('2026-03-01T10:20:00Z', 'Mars/Olympus'))).toBe('10:20');
});

it('names days in three languages, and the year only when it is another', () => {
  const march = civil('2026-03-05T10:00:00Z', 'UTC');
  expect([day('kk', march, now), day('ru', march, now), day('en', march, now)]).toEqual([
    '5 наурыз',
    '5 марта',
    '5 March',
  ]);
  const next = civil('2027-01-02T10:00:00Z', 'UTC');
  expect([day('kk', next, now), day('ru', next, now)]).toEqual(['2027 ж. 2 қаңтар', '2 января 2027']);
  expect([weekday('kk', march), weekday('ru', march)]).toEqual(['бейсенбі', 'четверг']);
});

it('knows how far apart two clocks are, across a day and to the minute', () => {
  expect(minutesAhead('2026-03-01T10:20:00Z', 'Asia/Dubai', 'Asia/Almaty')).toBe(-60);
  expect(minutesAhead('2026-03-01T18:30:00Z', 'Asia/Kathmandu', 'Asia/Almaty')).toBe(45);
  expect(minutesAhead('2026-03-01T22:30:00Z', 'America/New_York', 'Asia/Almaty')).toBe(-600);
  expect(minutesAhead('2026-03-01T10:20:00Z', 'Mars/Olympus', 'Asia/Almaty')).toBeNull();
});

it('says the day only where it is not today', () => {
  expect(moment('ru', civil('2026-03-01T16:00:00Z', 'Asia/Dubai'), now)).toBe('20:00');
  expect(moment('ru', civil('2026-03-02T16:00:00Z', 'Asia/Dubai'), now)).toBe('2 марта, 20:00');
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
