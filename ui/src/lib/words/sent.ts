// What was sent, in words.
import type { Arrival, ArrivesBy, SentPlace, SentWhat } from '../api';
import { checkInWords, outcomeWords } from './codes';
import { m, pick } from './index';
import { dateWords, localTime } from './when';

const placeWords = (place: SentPlace | null): string[] =>
  place === null ? [] : [place.airport === null ? pick(place.country) : `${pick(place.country)}, ${place.airport}`];

const byWords: Record<ArrivesBy, () => string> = {
  plane: m.by_plane,
  train: m.by_train,
  road: m.by_road,
  ship: m.by_ship,
  '(other)': () => '',
};

/** How they come to a leg, and whether they may be there. */
export const arrivalWords = ({ by, at, visa_until, may_enter }: Arrival): string =>
  [
    by ? byWords[by]() : '',
    at ?? '',
    visa_until ? `${m.visa_until()}: ${dateWords(visa_until)}` : '',
    may_enter === undefined || may_enter === null ? '' : `${m.may_enter()} ${may_enter ? m.yes() : m.no()}`,
  ]
    .filter((part) => part !== '')
    .join(', ');

/** What it was. */
export function sentTitle(what: SentWhat): string {
  switch (what.kind) {
    case 'device':
      return m.left_device();
    case 'call':
      return m.left_call({ number: what.number });
    case 'check_in':
      return what.people.map(({ status, count }) => checkInWords(status, count)).join(', ');
    case 'trip':
      return m.left_trip();
    case 'deleted':
      return m.left_deleted();
    case 'receipt': {
      const headline = what.headline === '' ? what.entry : what.headline;
      return what.read ? m.left_read({ headline }) : m.left_receipt({ headline });
    }
    case 'unknown':
      return m.left_unknown();
  }
}

/** What it said, a line each. */
export function sentLines(what: SentWhat): string[] {
  switch (what.kind) {
    case 'call': {
      const said = what.outcome === 'called' || what.outcome === '(other)' ? [] : [outcomeWords[what.outcome]()];
      return [...said, ...placeWords(what.place)];
    }
    case 'check_in': {
      const count = what.people.reduce((sum, { count }) => sum + count, 0);
      return [m.people({ count }), ...placeWords(what.place)];
    }
    case 'trip':
      return [
        m.people({ count: what.people }),
        ...what.legs.map(({ place, from, until }) => {
          const [where = ''] = placeWords(place);
          return until === null
            ? m.left_from_open({ place: where, from: localTime(from) })
            : m.left_from_until({ place: where, from: localTime(from), until: localTime(until) });
        }),
      ];
    case 'device':
    case 'deleted':
    case 'receipt':
    case 'unknown':
      return [];
  }
}
