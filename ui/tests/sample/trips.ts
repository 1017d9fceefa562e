// A trip by Doha to Dubai, as the screens show it and as the form holds it.
import type { Here, LegView, PickedPlace, TripDraft, TripView } from '../../src/lib/api';
import { NUMBER, doha, dubai, qatar, uae, words } from './words';

const leg = (over: Partial<LegView>): LegView => ({
  kind: 'stay',
  place: dubai,
  code: 'AE',
  country: uae,
  airport: null,
  position: { lat: 25.2048, lon: 55.2708 },
  time_zone: 'Asia/Dubai',
  from: '2026-02-27T20:00:00Z',
  until: '2026-03-05T20:00:00Z',
  open: false,
  day_only: false,
  is_by_the_hour: false,
  phase: 'current',
  detail: 'Creek',
  airside: false,
  onward_ticket: false,
  arrives_at: '',
  may_enter: null,
  ...over,
});

export const transit = leg({
  kind: 'transit',
  is_by_the_hour: true,
  place: doha,
  code: 'QA',
  country: qatar,
  airport: 'DOH',
  position: { lat: 25.2731, lon: 51.6081 },
  time_zone: 'Asia/Qatar',
  from: '2026-02-27T12:10:00Z',
  until: '2026-02-27T15:10:00Z',
  phase: 'past',
  detail: 'KC 123',
  airside: true,
  onward_ticket: true,
});

export const stay = leg({});

export const trip: TripView = {
  id: '11111111-1111-4111-8111-111111111111',
  phase: 'current',
  origin: {
    kind: 'airport',
    code: 'ALA',
    name: 'Almaty International Airport',
    city: words('Алматы', 'Алматы', 'Almaty'),
    country: 'KZ',
    country_name: words('Қазақстан', 'Казахстан', 'Kazakhstan'),
  },
  origin_position: null,
  legs: [transit, stay],
  at_one_time: null,
  ends_with: null,
  can_last_longer: true,
  people: 3,
  of_others: false,
  called: '',
  said: null,
  has_phone: true,
  can_rejoin: false,
  changed: null,
  rest_is_out: false,
  has_rest: false,
  is_made_by_it: false,
  asks_for_help: false,
  kept_until: '2026-04-04T20:00:00Z',
  delivery: { state: 'received', at: '2026-03-01T05:41:00Z' },
};

export const places: PickedPlace[] = [
  { kind: 'city', key: 'ae-dubai', name: dubai, country: 'AE', country_name: uae },
  { kind: 'airport', code: 'DXB', name: 'Dubai International Airport', city: dubai, country: 'AE', country_name: uae },
  { kind: 'airport', code: 'DOH', name: 'Hamad International Airport', city: doha, country: 'QA', country_name: qatar },
  { kind: 'country', code: 'AE', name: uae },
];

export const draft: TripDraft = {
  origin: 'ALA',
  legs: [
    {
      kind: 'transit',
      airport: 'DOH',
      flight: 'KC 123',
      arrives: '2026-02-27T15:10',
      departs: '2026-02-27T18:10',
      airside: true,
      onward_ticket: true,
    },
    { kind: 'stay', country: 'AE', city: 'ae-dubai', from: '2026-02-28', until: '2026-03-05', address: 'Creek' },
  ],
  adults: 2,
  children: 1,
  phone: NUMBER,
  next_of_kin: { name: 'Айгүл', phone: NUMBER },
  for_relatives: { call_if_silent: true, say_safe: true, say_where: false, say_health: false },
  others_told: true,
  of_others: false,
  needs: { medicine: 'Инсулин', medicine_days: 5, wheelchair: false, pregnant: false, infant: true },
};

/** In Dubai by that trip. */
export const here: Here = {
  place: dubai,
  country: 'AE',
  country_name: uae,
  time_zone: 'Asia/Dubai',
  airport: null,
  position: { lat: 25.2048, lon: 55.2708 },
  sky: { light: 'day', share: 0.67, altitude: 42 },
  source: 'itinerary',
  since: '2026-02-27T20:00:00Z',
  trip: trip.id,
};
