// What is read of a ticket by Doha to Dubai and home, with an airport that nobody knows.
import type { LegToTake, Proposed } from '../../src/lib/api';
import { places, trip } from './trips';

const [city, , airport] = places;

export const byDoha: LegToTake = {
  draft: {
    kind: 'transit',
    airport: 'DOH',
    flight: 'QR 391',
    arrives: '2026-12-03T06:55',
    departs: '2026-12-03T08:40',
    airside: true,
    onward_ticket: true,
  },
  place: airport ?? null,
  airport: 'DOH',
  flight: 'QR 391',
};

export const inDubai: LegToTake = {
  draft: {
    kind: 'stay',
    country: 'AE',
    city: 'ae-dubai',
    from: '2026-12-03',
    until: '2026-12-10',
    address: 'Rove Downtown, Zabeel 2',
  },
  place: city ?? null,
  airport: 'DXB',
  flight: 'QR 1010',
};

export const nowhere: LegToTake = {
  draft: { kind: 'stay', country: '', city: null, from: '2026-12-10', until: '', address: '' },
  place: null,
  airport: 'QQQ',
  flight: 'ZZ 1',
};

export const proposed: Proposed = {
  origin: trip.origin,
  legs: [byDoha, inDubai, nowhere],
  notes: [
    { code: 'unknown_airport', about: 'QQQ' },
    { code: 'way_home', about: 'QR 392' },
    { code: 'by_land', about: 'TGV 5186' },
  ],
  refused: [],
};
