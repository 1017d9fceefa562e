// What was sent, in words.
import type { SentLeg, SentPlace, SentWhat, StatusCount } from '../api';
import { outcomeWords, saidWords } from './codes';
import { m, pick } from './index';
import { needsSaid } from './needs-said';
import { atHome, writtenTime } from './when';

const placeWords = (place: SentPlace | null): string[] =>
  place === null ? [] : [place.airport === null ? pick(place.country) : `${pick(place.country)}, ${place.airport}`];

function legWords({ place, from, until }: SentLeg): string {
  const [where = ''] = placeWords(place);
  return until === null
    ? m.left_from_open({ place: where, from: writtenTime(from) })
    : m.left_from_until({ place: where, from: writtenTime(from), until: writtenTime(until) });
}

/** What went says of how many it is, and not of how many they were. */
const saidOf = (people: StatusCount[]): string => saidWords(people, people[0]?.count === 1 ? 1 : null);

/** What it was. */
export function sentTitle(what: SentWhat): string {
  switch (what.kind) {
    case 'device':
      return m.left_device();
    case 'call':
      return what.way === 'sms' ? m.left_sms({ number: what.number }) : m.left_call({ number: what.number });
    case 'check_in':
      return saidOf(what.people);
    case 'sms':
      return what.people.length === 0 ? m.left_sms({ number: what.number }) : saidOf(what.people);
    case 'message':
      return m.left_message();
    case 'trip':
      return m.left_trip();
    case 'deleted':
      return m.left_deleted();
    case 'taken_back':
      return m.left_taken_back();
    case 'receipt': {
      const headline = what.headline === '' ? what.entry : what.headline;
      return what.read_at === null ? m.left_receipt({ headline }) : m.left_read({ headline });
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
      return [m.people({ count: what.people }), ...what.legs.map(legWords)];
    case 'deleted':
      return what.legs.map(legWords);
    case 'sms': {
      const needs = what.needs.map((need) => needsSaid[need].words());
      return what.people.length === 0 ? [] : [...needs, m.left_sms({ number: what.number })];
    }
    case 'taken_back':
      return what.people.length === 0 ? [] : [saidOf(what.people)];
    case 'receipt': {
      const shown = m.left_shown_at({ when: atHome(what.shown_at) });
      return what.read_at === null ? [shown] : [shown, m.left_read_at({ when: atHome(what.read_at) })];
    }
    case 'device':
    case 'message':
    case 'unknown':
      return [];
  }
}
