import { describe, expect, it } from 'vitest';
import { civilDate, type Civil } from '../src/lib/words/calendar';
import { daysBetween, plusDays, readDay } from '../src/lib/words/typed-day';

const on = (day: string): Civil => civilDate(day) ?? expect.fail(day);
const today = on('2026-05-10');

it.each([
  ['05.03.2026', '2026-03-05'],
  ['2026-03-05', '2026-03-05'],
  ['3.12', '2026-12-03'],
  ['3/12', '2026-12-03'],
  ['3 12', '2026-12-03'],
  ['3.12.', '2026-12-03'],
  ['3 дек', '2026-12-03'],
  ['3 дек.', '2026-12-03'],
  ['3 декабря', '2026-12-03'],
  ['3 желтоқсан', '2026-12-03'],
  ['3 жел', '2026-12-03'],
  ['3дек', '2026-12-03'],
  ['3 Dec', '2026-12-03'],
  ['3rd December', '2026-12-03'],
  ['December 3', '2026-12-03'],
  ['Dec 3, 2027', '2027-12-03'],
  ['12 мая', '2026-05-12'],
  ['12 май', '2026-05-12'],
  ['12 мамыр', '2026-05-12'],
  ['12 маусым', '2026-06-12'],
  ['12 мар 2027', '2027-03-12'],
  ['ертең', '2026-05-11'],
  ['Завтра', '2026-05-11'],
  ['tomorrow', '2026-05-11'],
  ['бүрсігүні', '2026-05-12'],
  ['послезавтра', '2026-05-12'],
  ['бүгін', '2026-05-10'],
  ['17', '2026-05-17'],
  ['9', '2026-06-09'],
  ['29.2', '2028-02-29'],
  ['31.2', null],
  ['31 ақпан', null],
  ['0.5', null],
  ['когда-нибудь', null],
  ['3 мес', null],
  ['', null],
])('reads %s as %s', (typed, read) => {
  expect(readDay(typed, today)).toBe(read);
});

describe('digits from the top row of the Kazakh keyboard', () => {
  it.each([
    ['"ә.ғ', '2026-05-12'],
    ['"ә ғ', '2026-05-12'],
    ['"ә-ғ', '2026-05-12'],
    ['".ғ', '2026-05-01'],
    ['ә. 5', '2026-05-02'],
    ['әү', '2026-05-28'],
    ['қә,қғ', '2026-05-02'],
    ['"ә мамыр', '2026-05-12'],
  ])('%s is %s', (typed, read) => {
    expect(readDay(typed, today)).toBe(read);
  });
});

it('takes a day without its year for the one that is not long past', () => {
  expect(readDay('27.2', on('2026-03-01'))).toBe('2026-02-27');
  expect(readDay('27.2', on('2026-12-20'))).toBe('2027-02-27');
  expect(readDay('28.12', on('2027-01-05'))).toBe('2026-12-28');
});

it('takes tomorrow for tomorrow, and a day alone for one to come, however early a stay began', () => {
  const begun = on('2026-04-20');
  expect(readDay('завтра', begun, today)).toBe('2026-05-11');
  expect(readDay('25', begun, today)).toBe('2026-05-25');
  expect(readDay('25.4', begun, today)).toBe('2026-04-25');
});

it('counts days over the end of a month and a change of clocks', () => {
  expect(plusDays('2026-03-27', 5)).toBe('2026-04-01');
  expect(daysBetween('2026-03-27', '2026-04-01')).toBe(5);
});
