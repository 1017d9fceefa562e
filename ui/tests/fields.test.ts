import { describe, expect, it } from 'vitest';
import { civilDate } from '../src/lib/words/calendar';
import { headsOf, placed, setAmong, withAmong } from '../src/screens/trip-form/among';
import {
  daysOf,
  fieldOf,
  fromDraft,
  legAfter,
  newForm,
  newLeg,
  withBefore,
  withoutLeg,
  readForm,
  toDraft,
  usualNights,
  type Form,
  type LegFields,
} from '../src/screens/trip-form/fields';
import { wordsOf } from '../src/screens/trip-form/words';
import type { LegDraft } from '../src/lib/api';
import { app } from '../src/lib/state.svelte';
import { draft } from './sample/trips';
import { views } from './sample/views';

const today = civilDate('2026-05-10') ?? expect.fail('no day');
const off = { call_if_silent: false, say_safe: false, say_where: false, say_health: false };
const alone = {
  origin: null,
  legs: [],
  adults: 1,
  children: 0,
  phone: '',
  next_of_kin: null,
  for_relatives: off,
  others_told: null,
  needs: {},
};

const dubai: LegFields = { ...newLeg(), place: { kind: 'city', country: 'AE', city: 'ae-dubai' }, placeText: 'Dubai' };
const doha: LegFields = { ...newLeg(), place: { kind: 'airport', code: 'DOH' }, placeText: 'DOH, Doha' };
const form = (...legs: LegFields[]): Form => ({ ...newForm(alone, today), legs });

it('gives back the draft it was opened with', () => {
  expect(toDraft(fromDraft(draft, undefined, 'kk'), today)).toEqual({ draft });
});

it('says yes to nothing where nobody is named, and speaks of others only where there are any', () => {
  const yes = { ...off, say_where: true };
  const typed = { ...form(dubai), forRelatives: yes, othersTold: true };
  expect(toDraft(typed, today)).toMatchObject({ draft: { for_relatives: off, others_told: null } });
  const named = { ...typed, kinName: 'Айгүл', kinPhone: '+77010000002', adults: 2 };
  expect(toDraft(named, today)).toMatchObject({ draft: { for_relatives: yes, others_told: true } });
});

it('reads a form that was kept before there were yeses or needs', () => {
  const kept = JSON.parse(JSON.stringify(form(dubai))) as Partial<Form>;
  delete kept.needs;
  expect(readForm(JSON.stringify(kept))?.needs.medicine).toBe('');
  delete kept.forRelatives;
  expect(readForm(JSON.stringify(kept))?.forRelatives).toEqual(off);
});

it('gives back a draft without an end', () => {
  const [transit, stay] = draft.legs;
  const stranded = { ...draft, legs: [{ ...transit!, departs: '', onward_ticket: false } as (typeof draft.legs)[0]] };
  expect(toDraft(fromDraft(stranded, undefined, 'kk'), today)).toEqual({ draft: stranded });
  const open = { ...draft, legs: [{ ...stay!, until: '' } as (typeof draft.legs)[0]] };
  expect(toDraft(fromDraft(open, undefined, 'kk'), today)).toEqual({ draft: open });
});

it('is a trip once a city is chosen: from today, five nights', () => {
  expect(toDraft(form(dubai), today)).toMatchObject({
    draft: { legs: [{ kind: 'stay', country: 'AE', city: 'ae-dubai', from: '2026-05-10', until: '2026-05-15' }] },
  });
});

it('names each field that stands in the way by its pointer', () => {
  const nowhere = { ...newLeg(), placeText: 'nowhere', from: 'someday', nights: null };
  const wrong = { ...form(nowhere, { ...doha, departsDate: '99.99' }), originText: 'nowhere' };
  expect(toDraft(wrong, today)).toEqual({
    faults: {
      '/origin': 'unknown_airport',
      '/legs/0/place': 'unknown_country',
      '/legs/0/from': 'impossible_date',
      '/legs/0/until': 'impossible_date',
      '/legs/1/from': 'impossible_date',
      '/legs/1/departs': 'impossible_date',
    },
  });
  expect(toDraft(form(newLeg()), today)).toEqual({ faults: { '/legs/0/place': 'no_place' } });
});

it('speaks for others where the traveller is not among them', () => {
  expect(toDraft({ ...form(dubai), ofOthers: true, othersTold: true }, today)).toMatchObject({
    draft: { of_others: true, others_told: true },
  });
  expect(toDraft(fromDraft({ ...draft, of_others: true }, undefined, 'kk'), today)).toMatchObject({
    draft: { of_others: true },
  });
});

it('is of one less where the traveller is not among them, and of one more again', () => {
  const typed = { ...form(dubai), adults: 3, children: 1 };
  setAmong(typed, false);
  setAmong(typed, false);
  expect([typed.ofOthers, typed.adults, headsOf(typed)]).toEqual([true, 2, 3]);
  setAmong(typed, true);
  expect([typed.ofOthers, typed.adults, headsOf(typed)]).toEqual([false, 3, 4]);
});

it('is of one still where the only one is another than the traveller', () => {
  const typed = { ...form(dubai), adults: 1, children: 0, othersTold: true };
  setAmong(typed, false);
  expect(toDraft(typed, today)).toMatchObject({ draft: { adults: 1, of_others: true } });
  setAmong(typed, true);
  expect([typed.ofOthers, typed.adults]).toEqual([false, 1]);
});

it('speaks to nobody of themselves where others travel alone', () => {
  app.view = { ...views.calm, lang: 'en' };
  const said = (ofOthers: boolean) => Object.values(wordsOf({ ofOthers })).map((words) => words({ day: '' }));
  const ofOneself = (words: string) => /\b(I|my|your|are you)\b/i.test(words);
  expect(said(false).some(ofOneself)).toBe(true);
  expect(said(true).filter(ofOneself)).toEqual([]);
  app.view = null;
});

describe('how somebody comes to a leg', () => {
  const [change, city] = draft.legs as [LegDraft, LegDraft];
  const legs: LegDraft[] = [
    { ...change, arrival: { by: null, at: 'T1', visa_until: '', may_enter: false } },
    { ...city, arrival: { by: 'ship', at: 'Порт', visa_until: '2026-03-20', may_enter: null } },
  ];

  it('is given back as it was kept, at its own leg', () => {
    expect(toDraft(fromDraft({ ...draft, legs }, undefined, 'kk'), today)).toEqual({ draft: { ...draft, legs } });
  });

  it('is said at its field where it does not hold', () => {
    expect(fieldOf('/legs/1/arrival/at')).toBe('/legs/1/at');
    expect(toDraft(form({ ...dubai, visaUntil: 'весной' }), today)).toEqual({
      faults: { '/legs/0/visa_until': 'impossible_date' },
    });
  });

  it('says nothing of a visa for a change of planes, and nothing of entering for a stay', () => {
    const transit = { ...doha, arrivesTime: '2:10', departsTime: '4:10', visaUntil: 'весной', by: 'road' as const };
    for (const leg of [transit, { ...dubai, mayEnter: true }]) {
      const read = toDraft(form(leg), today);
      expect('draft' in read && read.draft.legs.map(({ arrival }) => arrival)).toEqual([undefined]);
    }
  });
});

it('has a day for each port of a cruise', () => {
  const port = (before: LegFields | undefined, city: string): LegFields => ({
    ...legAfter(before),
    place: { kind: 'city', country: 'GR', city },
    placeText: city,
  });
  const first = { ...port(undefined, 'a'), by: 'ship' as const, nights: 1 };
  const second = port(first, 'b');
  const legs = [first, second, port(second, 'c')];
  expect(daysOf(form(...legs), today).map(({ from }) => from)).toEqual(['2026-05-10', '2026-05-11', '2026-05-12']);
  expect(usualNights(second)).toContain(1);
  expect(legAfter(dubai)).toMatchObject({ by: null, nights: 5 });
});

it('goes into another form whole, each place on its day', () => {
  const theirs = fromDraft(draft, undefined, 'kk');
  const muscat: LegFields = { ...newLeg(), place: { kind: 'country', country: 'OM' }, placeText: 'Оман', nights: 3 };
  const typed = form({ ...muscat, from: '5.3.2026' }, { ...dubai, nights: 2 }, newLeg());
  const legs = withAmong(theirs, placed(typed, today), today);
  expect(toDraft({ ...theirs, legs }, today)).toMatchObject({
    draft: {
      legs: [
        ...draft.legs,
        { country: 'OM', from: '2026-03-05', until: '2026-03-08' },
        { city: 'ae-dubai', from: '2026-03-08', until: '2026-03-10' },
      ],
    },
  });
});

it('begins today, and stays there however late it is looked at', () => {
  const made = { ...newForm(alone, today) };
  expect(daysOf(made, civilDate('2026-05-12') ?? today)[0]?.from).toBe('2026-05-10');
});

it('does not drop a place in the middle whose name was taken out', () => {
  const emptied = { ...dubai, place: null, placeText: '' };
  expect(toDraft(form(dubai, emptied, dubai), today)).toEqual({ faults: { '/legs/1/place': 'no_place' } });
});

it('keeps its nights where the day of arrival moves', () => {
  const kept = fromDraft({ ...draft, legs: [draft.legs[1]!] }, undefined, 'kk');
  const [leg] = kept.legs;
  expect(toDraft({ ...kept, legs: [{ ...leg!, from: '5.3.2026' }] }, today)).toMatchObject({
    draft: { legs: [{ from: '2026-03-05', until: '2026-03-10' }] },
  });
});

it('leaves at the same hour where the day of a transit moves', () => {
  const moved = (departs: string) => {
    const kept = fromDraft({ ...draft, legs: [{ ...draft.legs[0]!, departs } as LegDraft] }, undefined, 'kk');
    return toDraft({ ...kept, legs: [{ ...kept.legs[0]!, from: '27.3.2026' }] }, today);
  };
  expect(moved('2026-02-27T18:10')).toMatchObject({ draft: { legs: [{ departs: '2026-03-27T18:10' }] } });
  expect(moved('2026-02-28T02:10')).toMatchObject({ draft: { legs: [{ departs: '2026-03-28T02:10' }] } });
  // a longer wait is by the ticket
  expect(moved('2026-03-28T09:20')).toMatchObject({ draft: { legs: [{ departs: '2026-03-28T09:20' }] } });
});

it('asks for no hour of a change of planes: the day is enough', () => {
  expect(toDraft(form({ ...doha, onward: false }), today)).toMatchObject({
    draft: { legs: [{ arrives: '2026-05-10', departs: '', onward_ticket: false }] },
  });
  expect(toDraft(form({ ...doha, onward: false, arrivesTime: '25:00' }), today)).toEqual({
    faults: { '/legs/0/arrives-time': 'impossible_time' },
  });
  const kept = toDraft(form(doha), today);
  expect(kept).toMatchObject({ draft: { legs: [{ arrives: '2026-05-10', departs: '2026-05-10' }] } });
  expect('draft' in kept && toDraft(fromDraft(kept.draft, undefined, 'kk'), today)).toEqual(kept);
  expect(toDraft(form({ ...doha, arrivesTime: '22:55', departsDate: '11.5' }), today)).toMatchObject({
    draft: { legs: [{ arrives: '2026-05-10T22:55', departs: '2026-05-11' }] },
  });
  expect(toDraft(form({ ...doha, departsTime: '25:00' }), today)).toEqual({
    faults: { '/legs/0/departs-time': 'impossible_time' },
  });
});

it('leaves out a place that was begun and not named', () => {
  expect(toDraft(form(dubai, newLeg()), today)).toMatchObject({ draft: { legs: [{ city: 'ae-dubai' }] } });
});

describe('days', () => {
  it('follow one another where nobody says otherwise', () => {
    const transit = { ...doha, arrivesTime: '22:55', departsTime: '02:10' };
    const days = daysOf(form({ ...dubai, from: '12 мая', nights: 3 }, transit, { ...dubai, nights: 7 }), today);
    expect(days).toEqual([
      { from: '2026-05-12', until: '2026-05-15' },
      { from: '2026-05-15', until: '2026-05-16' },
      { from: '2026-05-16', until: '2026-05-23' },
    ]);
  });

  it('are read near the day before them', () => {
    const days = daysOf(form({ ...dubai, from: '28.12.2026', nights: null, until: '3.1' }), today);
    expect(days).toEqual([{ from: '2026-12-28', until: '2027-01-03' }]);
  });

  it('have no end where nobody knows it, or no ticket leads on', () => {
    expect(daysOf(form({ ...dubai, open: true }), today)).toEqual([{ from: '2026-05-10', until: null }]);
    expect(toDraft(form({ ...dubai, open: true }), today)).toMatchObject({ draft: { legs: [{ until: '' }] } });
    const stranded = form({ ...doha, arrivesTime: '2:10', onward: false });
    expect(toDraft(stranded, today)).toMatchObject({
      draft: { legs: [{ arrives: '2026-05-10T02:10', departs: '', onward_ticket: false }] },
    });
  });
});

it('sends no next of kin where nothing was typed', () => {
  expect(toDraft({ ...form(dubai), kinName: ' ' }, today)).toMatchObject({ draft: { next_of_kin: null } });
});

it('begins with who travelled before', () => {
  expect(newForm({ ...draft, legs: [] }, today)).toMatchObject({
    adults: 2,
    children: 1,
    phone: draft.phone,
    origin: 'ALA',
  });
});

it('comes back from its text, and from that of an app that had less or more', () => {
  const typed = form(dubai, { ...doha, flight: 'QR 391' });
  expect(toDraft(readForm(JSON.stringify(typed)) ?? form(), today)).toEqual(toDraft(typed, today));
  expect(readForm('{"legs":[{"placeText":"Дуб"}],"later":1}')).toMatchObject({
    adults: 1,
    legs: [{ placeText: 'Дуб', nights: 5 }],
  });
  for (const broken of ['', 'null', '{}', '[]', '{"legs":3}']) expect(readForm(broken)).toBeNull();
});

it('answers for a place and an arrival in the fields that the form has', () => {
  expect(fieldOf('/legs/0/city')).toBe('/legs/0/place');
  expect(fieldOf('/legs/0/airport')).toBe('/legs/0/place');
  expect(fieldOf('/legs/0/arrives')).toBe('/legs/0/from');
  expect(fieldOf('/legs/0/departs')).toBe('/legs/0/departs');
});

describe('a stop before a place that was typed', () => {
  const typed = () => form({ ...dubai, from: '5.3.2026', nights: 2 });
  const at = (index: number, legs: LegFields[]) => daysOf(form(...legs), today)[index];

  it('takes over its day, and the place begins where the stop ends', () => {
    const [stop, place] = withBefore(typed().legs, 0);
    expect([stop?.place, place?.placeText]).toEqual([null, 'Dubai']);
    const legs = [{ ...doha, from: stop!.from }, place!];
    expect(at(0, legs)).toEqual({ from: '2026-03-05', until: '2026-03-05' });
    expect(at(1, legs)).toEqual({ from: '2026-03-05', until: '2026-03-07' });
  });

  it('is put between two, and moves no other', () => {
    const legs = withBefore([doha, dubai], 1);
    expect(legs.map(({ placeText }) => placeText)).toEqual([doha.placeText, '', 'Dubai']);
    expect(legs[0]).toBe(doha);
  });

  it('gives the day back where it is removed', () => {
    const legs = withoutLeg(withBefore(typed().legs, 0), 0);
    expect(at(0, legs)).toEqual({ from: '2026-03-05', until: '2026-03-07' });
    const said = { ...dubai, from: '9.3.2026' };
    expect(withoutLeg([{ ...doha, from: '5.3.2026' }, said], 0)).toEqual([said]);
  });
});
