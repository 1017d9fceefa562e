// Times as people say them: local first, home beside.
import { app } from '../state.svelte';
import { m } from './generated/messages.js';
import { civil, civilDate, clock, day, moment, sameDay, writeDate } from './calendar';
import type { Offset, Words } from '../api';

const MINUTE_MS = 60_000;

/** A place and its clocks. */
type Zone = { offsets: Offset[]; place: Words | null };

const now = (): string => app.view?.now ?? new Date(0).toISOString();

const home = (): Zone => ({
  offsets: app.view?.ministry?.home_offsets ?? [],
  place: app.view?.ministry?.home_city ?? null,
});

const here = (): Zone => app.view?.here ?? home();

function said(instant: string, { offsets, place }: Zone): string {
  const words = moment(app.lang, civil(instant, offsets), civil(now(), offsets));
  return place === null ? words : `${words} (${place[app.lang]})`;
}

/** "20:00 (Дубай), 21:00 (Астана)"; once where both clocks show the same. */
export function bothTimes(instant: string): string {
  const [near, far] = [here(), home()];
  const same = clock(civil(instant, near.offsets)) === clock(civil(instant, far.offsets));
  return same ? said(instant, near) : `${said(instant, near)}, ${said(instant, far)}`;
}

/** The hour where the traveller is, with the day where it is another. */
export const localTime = (instant: string): string =>
  moment(app.lang, civil(instant, here().offsets), civil(now(), here().offsets));

/** A day in a place of the trip, by what day it is there. */
export function localDay(date: string, today: string): string {
  const [at, now] = [civilDate(date), civilDate(today)];
  if (!at || !now) return writeDate(date);
  return sameDay(at, now) ? m.today() : day(app.lang, at, now);
}

export function dateWords(date: string): string {
  const at = civilDate(date);
  return at ? day(app.lang, at, civil(now(), here().offsets)) : writeDate(date);
}

/** "Дубай 14:20 · Астана 15:20"; one where both show the same. */
export function clocks(): { place: string; time: string }[] {
  const shown = ({ offsets, place }: Zone) => ({ place: place?.[app.lang] ?? '', time: clock(civil(now(), offsets)) });
  const [near, far] = [shown(here()), shown(home())];
  return (near.time === far.time ? [near] : [near, far]).filter(({ place }) => place !== '');
}

/** "Астана 15:20"; none where no ministry is set. */
export function homeClock(): { place: string; time: string } | null {
  const { offsets, place } = home();
  return place && { place: place[app.lang], time: clock(civil(now(), offsets)) };
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
