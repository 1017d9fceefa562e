// Where the traveller is, in words: the place, and how it is known.
import { m } from './generated/messages.js';
import { pick } from './index';
import { localTime } from './when';
import { app } from '../state.svelte';
import type { Here } from '../api';

export function placeWords(here: Here): string {
  const [place, country] = [pick(here.place), pick(here.country_name)];
  return place === country ? place : `${place}, ${country}`;
}

export function hereWords(here: Here): string {
  switch (here.source) {
    case 'itinerary':
      return m.here_plan();
    case 'chosen':
      return m.where_chosen({ when: here.since === null ? '' : localTime(here.since) });
    case 'home':
      return hasTrip() ? m.home_lower() : m.where_home();
  }
}

/** One that is under way or comes. */
const hasTrip = () => app.view?.trips.some(({ phase }) => phase !== 'past') ?? false;
