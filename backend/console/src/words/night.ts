// What is said of the night. Each table is complete, or it does not compile.
import type { Duty, DutyPlace, Officer, Wake } from '../api/types';
import type { Push } from '../night/push';
import type { Missing, Standing, Step, Went } from '../night/ladder';
import type { Fault } from '../night/turns';
import { desk } from '../desk.svelte';
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

const smsWords: Record<Wake['state'], Say> = {
  waits: m.wake_waits,
  on_its_way: m.wake_on_its_way,
  sent: m.wake_sent,
  refused: m.wake_refused,
  no_number: m.wake_no_number,
  over: m.wake_over,
};

const pushOfWake: Record<NonNullable<Wake['push']>, Say | null> = {
  taken: m.wake_push_taken,
  on_its_way: m.wake_push_goes,
  waits: m.wake_push_goes,
  gone: m.wake_push_gone,
  refused: m.wake_push_refused,
  // what is said of the SMS says it
  over: null,
};

/** What became of the push and of the SMS. */
export function wakeWords({ state, push }: Wake): string {
  const pushed = push === undefined ? null : pushOfWake[push];
  return [pushed, smsWords[state]].flatMap((say) => (say === null ? [] : [say()])).join(' · ');
}

/** Neither push nor SMS woke them. */
export const isAsleep = ({ state, push }: Wake): boolean =>
  push !== 'taken' && (state === 'refused' || state === 'no_number');

export const pushWords: Record<Push, Say> = {
  on: m.push_on,
  off: m.push_off,
  none: m.push_none,
  refused: m.push_refused,
  failed: m.push_failed,
};

/** What a notification says, as the worker is told it. */
export const workerWords = (): Record<string, string> => ({
  title: m.push_waits_title(),
  body: m.push_waits_body(),
  lang: desk.lang,
});

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
    case 'push':
      return m.night_miss_push();
    case 'gone':
      return one.officer.id === me ? m.night_miss_gone_own() : m.night_miss_gone({ name: one.officer.name });
    case 'number':
      if (one.officer.id === me) return m.night_miss_own();
      return leads
        ? m.night_miss_number({ name: one.officer.name })
        : m.night_miss_number_ask({ name: one.officer.name });
  }
}

const wentWords: Record<Went, (said: { at: string; names: string; number: string }) => string> = {
  sent: m.night_woken_sent,
  pushed: m.night_woken_pushed,
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
    case 'only_push':
      return m.night_only_push();
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
