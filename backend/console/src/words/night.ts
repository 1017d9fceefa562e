// What is said of the night. Each table is complete, or it does not compile.
import type { Duty, DutyPlace, Officer, Wake } from '../api/types';
import type { Missing, Standing, Step, Went } from '../night/ladder';
import type { Fault } from '../night/turns';
import { numberWords } from './cases';
import { m } from './index';
import { DAY_MS, clockAt, dayAt } from './times';

type Say = () => string;

export const placeWords: Record<DutyPlace, Say> = { first: m.duty_first, next: m.duty_next };

export const stepWords: Record<Step['step'], Say> = {
  first: m.night_step_first,
  next: m.night_step_next,
  gold: m.night_step_gold,
};

export const wakeWords: Record<Wake['state'], Say> = {
  waits: m.wake_waits,
  on_its_way: m.wake_on_its_way,
  sent: m.wake_sent,
  refused: m.wake_refused,
  no_number: m.wake_no_number,
  over: m.wake_over,
};

export const faultWords: Record<Fault, Say> = {
  missing: m.duty_who_missing,
  cannot: m.duty_who_cannot,
  day: m.day_wrong,
  hour: m.time_wrong,
  order: m.duty_order,
  long: m.duty_long,
  past: m.duty_past,
};

const namesOf = (officers: Officer[]): string => officers.map(({ name }) => name).join(', ');

/** "20:00–08:00", and on which day it ends where that is not the next time that hour comes. */
export function hoursWords({ from, until }: Duty): string {
  const isLong = Date.parse(until) - Date.parse(from) > DAY_MS;
  return `${clockAt(from)}–${isLong ? `${dayAt(until)} ` : ''}${clockAt(until)}`;
}

/** What to do, then why; `leads`: who may put others on the rota and set their numbers. */
export function missingWords(one: Missing, me: number | null, leads: boolean): string {
  switch (one.what) {
    case 'sms':
      return m.night_miss_sms();
    case 'rota':
      return leads ? m.night_nobody() : m.night_miss_rota_ask();
    case 'gold':
      return m.night_miss_gold();
    case 'number':
      if (one.officer.id === me) return m.night_miss_own();
      return leads
        ? m.night_miss_number({ name: one.officer.name })
        : m.night_miss_number_ask({ name: one.officer.name });
  }
}

const wentWords: Record<Went, (said: { at: string; names: string; number: string }) => string> = {
  sent: m.night_woken_sent,
  goes: m.night_woken_goes,
  failed: m.night_woken_failed,
};

const then = (after: Officer[] | 'gold' | null): string[] =>
  after === null ? [] : [m.night_then({ names: after === 'gold' ? m.role_gold() : namesOf(after) })];

/** The night in one line. */
export function standingWords(one: Standing): string {
  switch (one.tells) {
    case 'woken': {
      const said = { at: clockAt(one.at), names: namesOf(one.officers), number: numberWords(one.number) };
      return [wentWords[one.went](said), ...then(one.after)].join(' · ');
    }
    case 'no_sms':
      return m.night_no_sms();
    case 'nobody':
      return m.night_nobody();
    case 'no_number':
      return m.night_no_number({ names: namesOf(one.officers) });
    case 'on_duty':
      return [m.night_on_duty({ names: namesOf(one.officers) }), ...then(one.after)].join(' · ');
  }
}

/** Somebody who should be woken is not. */
export const isWarning = (one: Standing): boolean =>
  one.tells === 'woken' ? one.went === 'failed' : one.tells !== 'on_duty';
