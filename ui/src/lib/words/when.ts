// Times as people say them: local first, home beside.
import { app } from '../state.svelte';
import { m } from './generated/messages.js';
import { civil, civilDate, clock, day, knowsZone, moment, sameDay, writeDate } from './calendar';
import type { Words } from '../api';

const MINUTE_MS = 60_000;

type Zone = { id: string; place: Words | null };

export const now = (): string => app.view?.now ?? new Date(0).toISOString();

export const home = (): Zone => ({
  id: app.view?.ministry?.home_time_zone ?? 'UTC',
  place: app.view?.ministry?.home_city ?? null,
});

const here = (): Zone => (app.view?.here ? { id: app.view.here.time_zone, place: app.view.here.place } : home());

function said(instant: string, zone: Zone): string {
  const words = moment(app.lang, civil(instant, zone.id), civil(now(), zone.id));
  const place = knowsZone(zone.id) ? zone.place?.[app.lang] : 'UTC';
  return place === undefined ? words : `${words} (${place})`;
}

/** "20:00 (Дубай), 21:00 (Астана)"; once where both clocks show the same. */
export function bothTimes(instant: string): string {
  const [near, far] = [here(), home()];
  const same = clock(civil(instant, near.id)) === clock(civil(instant, far.id));
  return same ? said(instant, near) : `${said(instant, near)}, ${said(instant, far)}`;
}

/** The hour where the traveller is, with the day where it is another. */
export const localTime = (instant: string): string =>
  moment(app.lang, civil(instant, here().id), civil(now(), here().id));

/** The day in a place of the trip. */
export function localDay(instant: string, zone: string): string {
  const at = civil(instant, zone);
  const today = civil(now(), zone);
  return sameDay(at, today) ? m.today() : day(app.lang, at, today);
}

export function dateWords(date: string): string {
  const at = civilDate(date);
  return at ? day(app.lang, at, civil(now(), here().id)) : writeDate(date);
}

/** "Дубай 14:20 · Астана 15:20" */
export function clocks(): { place: string; time: string }[] {
  const [near, far] = [here(), home()];
  const shown = near.id === far.id ? [near] : [near, far];
  return shown
    .filter((zone) => zone.place !== null)
    .map((zone) => ({ place: zone.place?.[app.lang] ?? '', time: clock(civil(now(), zone.id)) }));
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
