import { expect, it } from 'vitest';
import { fieldOf, fromDraft, newForm, newStay, newTransit, toDraft } from '../src/screens/trip-form/fields';
import { draft } from './sample/trips';

it('gives back the draft it was opened with', () => {
  expect(toDraft(fromDraft(draft, undefined, 'kk'))).toEqual({ draft });
});

it('names each field that stands in the way by its pointer', () => {
  const form = { ...newForm(), originText: 'nowhere', legs: [newStay(), newTransit()] };
  expect(toDraft(form)).toEqual({
    faults: {
      '/origin': 'unknown_airport',
      '/legs/0/country': 'unknown_country',
      '/legs/0/from': 'impossible_date',
      '/legs/0/until': 'impossible_date',
      '/legs/1/airport': 'unknown_airport',
      '/legs/1/arrives': 'impossible_date',
      '/legs/1/arrives-time': 'impossible_time',
      '/legs/1/departs': 'impossible_date',
      '/legs/1/departs-time': 'impossible_time',
    },
  });
});

it('sends no next of kin where nothing was typed', () => {
  expect(toDraft({ ...newForm(), kinName: ' ' })).toMatchObject({ draft: { next_of_kin: null } });
});

it('answers for a city in the field of the place', () => {
  expect(fieldOf('/legs/0/city')).toBe('/legs/0/country');
  expect(fieldOf('/legs/0/arrives')).toBe('/legs/0/arrives');
});
