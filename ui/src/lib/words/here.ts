// Where the traveller is, in words: the place, and how it is known.
import { m } from './generated/messages.js';
import { pick } from './index';
import { localTime } from './when';
import { app } from '../state.svelte';
import { hasTrip } from '../trip';
import type { ChosenPlace, Here, PickedPlace } from '../api';

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
    case 'left':
      return m.where_left({ when: here.since === null ? '' : localTime(here.since) });
    case 'home':
      return app.view && hasTrip(app.view) ? m.home_lower() : m.where_home();
  }
}

/** A place as it is said to be where they are. */
export function chosenPlace(place: PickedPlace): ChosenPlace {
  switch (place.kind) {
    case 'country':
      return { kind: 'country', code: place.code };
    case 'city':
      return { kind: 'city', key: place.key };
    case 'airport':
      return { kind: 'airport', code: place.code };
  }
}
