// Times as people say them: local first, home beside.
import { app } from '../state.svelte';
import { m } from './generated/messages.js';
import {
  type Civil,
  civil,
  civilDate,
  clock,
  day,
  moment,
  sameDay,
  shortDate as shortDateFrom,
  writeDate,
} from './calendar';
import { pick } from './index';
import type { LegView, Shift, Words } from '../api';

const MINUTE_MS = 60_000;

type Zone = { id: string; place: Words | null };

/** The shifts of a zone's clock; none for a zone that the app does not know. */
export const clockOf = (zone: string): Shift[] => app.view?.clocks[zone] ?? [];

export const now = (): string => app.view?.now ?? new Date(0).toISOString();

export const home = (): Zone => ({
  id: app.view?.home?.time_zone ?? 'UTC',
  place: app.view?.home?.city ?? null,
});

const here = (): Zone => (app.view?.here ? { id: app.view.here.time_zone, place: app.view.here.place } : home());

function said(instant: string, zone: Zone): string {
  const words = moment(app.lang, civil(instant, clockOf(zone.id)), civil(now(), clockOf(zone.id)));
  const place = clockOf(zone.id).length === 0 ? 'UTC' : zone.place && pick(zone.place);
  return place === null ? words : `${words} (${place})`;
}

/** "2 марта, 20:00 (Астана 21:00)": the clock of the place, that of home behind it; once where both show the same. */
export function bothTimes(instant: string): string {
  const [near, far] = [here(), home()];
  const [at, atHome] = [civil(instant, clockOf(near.id)), civil(instant, clockOf(far.id))];
  if (clock(at) === clock(atHome) || far.place === null) return said(instant, near);
  const hour = sameDay(at, atHome) ? clock(atHome) : moment(app.lang, atHome, at);
  return `${moment(app.lang, at, civil(now(), clockOf(near.id)))} (${pick(far.place)} ${hour})`;
}

/** By the last figure of an hour as it is said: нөл, бір … тоғыз, and он … елу. */
const TO_ONES = ['ге', 'ге', 'ге', 'ке', 'ке', 'ке', 'ға', 'ге', 'ге', 'ға'];
const TO_TENS = ['ге', 'ға', 'ға', 'ға', 'қа', 'ге'];

/** "20:00-ге дейін (Астана 21:00)": the same moment as an end, which Kazakh says at the hour itself. */
export function upTo(instant: string): string {
  const when = bothTimes(instant);
  if (app.lang !== 'kk') return when;
  return when.replace(/(\d)(\d)(?= \(|$)/, (figures, tens: string, ones: string) => {
    const ending = ones === '0' ? TO_TENS[Number(tens)] : TO_ONES[Number(ones)];
    return `${figures}-${ending} дейін`;
  });
}

/** "1 марта, 15:20 (Астана)": by the clock of home, with its day, for somebody who reads it there and later. */
export function dated(instant: string): string {
  const { id } = home();
  const at = civil(instant, clockOf(id));
  return `${day(app.lang, at, civil(now(), clockOf(id)))}, ${clock(at)} (${homeClock()})`;
}

/** The same without the place, which the page says once: by one clock, wherever the traveller is. */
export function atHome(instant: string): string {
  const { id } = home();
  return moment(app.lang, civil(instant, clockOf(id)), civil(now(), clockOf(id)));
}

/** Whose clock that is. */
export function homeClock(): string {
  const { id, place } = home();
  return clockOf(id).length === 0 || place === null ? 'UTC' : pick(place);
}

/** The clock on the wall where the traveller is. */
export const nowHere = (): Civil => civil(now(), clockOf(here().id));

/** The hour where the traveller is, with the day where it is another. */
export const localTime = (instant: string): string =>
  moment(app.lang, civil(instant, clockOf(here().id)), civil(now(), clockOf(here().id)));

/** The day in a place of the trip. */
export function localDay(instant: string, zone: string): string {
  const at = civil(instant, clockOf(zone));
  const today = civil(now(), clockOf(zone));
  return sameDay(at, today) ? m.today() : day(app.lang, at, today);
}

/** The hour on the clock of a place. */
export const timeOn = (instant: string, zone: string): string => clock(civil(instant, clockOf(zone)));

/** A day in as few letters as a line has room for, and the year where it is another one. */
export const shortDate = (date: Civil): string => shortDateFrom(app.lang, date, nowHere());

/** The same of a moment, in a place of the trip. */
export const localDayShort = (instant: string, zone: string): string => shortDate(civil(instant, clockOf(zone)));

const LAST_MOMENT_MS = 1000;

/** The day on which somebody leaves: a leg lasts up to a midnight. */
export const lastDayShort = (leg: Pick<LegView, 'until' | 'time_zone'>): string =>
  localDayShort(new Date(Date.parse(leg.until) - LAST_MOMENT_MS).toISOString(), leg.time_zone);

/** A day that is written as one: "2026-12-01". */
export function dateWords(date: string): string {
  const at = civilDate(date);
  return at ? day(app.lang, at, nowHere()) : writeDate(date);
}

/** The day of a moment, where the traveller is. */
export const dayHere = (instant: string): string => day(app.lang, civil(instant, clockOf(here().id)), nowHere());

/** A day, or a moment by the clock of its own place: "2026-12-01", "2026-12-01T16:10". */
export function writtenTime(written: string): string {
  const [date = '', hour] = written.split('T');
  return [dateWords(date), ...(hour === undefined ? [] : [hour])].join(', ');
}

/** "Дубай 14:20 · Астана 15:20" */
export function clocks(): { place: string; time: string }[] {
  const [near, far] = [here(), home()];
  const shown = near.id === far.id ? [near] : [near, far];
  return shown
    .filter((zone) => zone.place !== null)
    .map((zone) => ({ place: zone.place ? pick(zone.place) : '', time: clock(civil(now(), clockOf(zone.id))) }));
}

export function ago(instant: string): string {
  const minutes = Math.floor((Date.parse(now()) - Date.parse(instant)) / MINUTE_MS);
  if (minutes < 1) return m.just_now();
  if (minutes < 60) return m.minutes_ago({ count: minutes });
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? m.hours_ago({ count: hours }) : m.days_ago({ count: Math.floor(hours / 24) });
}

/** How long a transit lasts. */
export function lasting(from: string, until: string): string {
  const minutes = Math.round((Date.parse(until) - Date.parse(from)) / MINUTE_MS);
  return minutes < 90 ? m.minutes_long({ count: minutes }) : m.hours_long({ count: Math.round(minutes / 60) });
}
