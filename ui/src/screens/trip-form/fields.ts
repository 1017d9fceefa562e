// The form as it is typed, when each leg is by it, and its way to a draft and back.
import { placeLabel, wordsIn } from '../../lib/words/place-label';
import type {
  Arrival,
  ArrivesBy,
  ForRelatives,
  LegDraft,
  LegView,
  PickedPlace,
  TripDraft,
  TripView,
  Lang,
} from '../../lib/api';
import { civilDate, readTime, writeDate, type Civil } from '../../lib/words/calendar';
import { dayOf, daysBetween, plusDays, readDay } from '../../lib/words/typed-day';
import type { FaultCode } from '../../lib/words/faults';
import { needsOf, toNeeds, type NeedsFields } from './needs';

/** A place of the atlas: a stay in a city or somewhere in a country, a transit at an airport. */
export type Place =
  | { kind: 'city'; country: string; city: string }
  | { kind: 'country'; country: string }
  | { kind: 'airport'; code: string };

export type LegFields = {
  key: number;
  place: Place | null;
  placeText: string;
  /** The day of arrival, as typed; where it is empty, the day on which what comes before ends. */
  from: string;
  /** How many nights a stay has; null where its last day is typed. */
  nights: number | null;
  until: string;
  /** Nobody knows yet until when. */
  open: boolean;
  address: string;
  flight: string;
  arrivesTime: string;
  /** Where it is empty, the day of arrival or the next one, by the times. */
  departsDate: string;
  departsTime: string;
  airside: boolean;
  onward: boolean;
  /** How they come. */
  by: ArrivesBy | null;
  /** The terminal, the port, the station or the border crossing. */
  at: string;
  /** The last day of the visa, as typed. */
  visaUntil: string;
  mayEnter: boolean | null;
};

export type Form = {
  origin: string | null;
  originText: string;
  legs: LegFields[];
  adults: number | null;
  children: number | null;
  phone: string;
  kinName: string;
  kinPhone: string;
  /** What the ministry may do for the contact at home: all off until said. */
  forRelatives: ForRelatives;
  /** Whether the others know that they are registered; null where that was not said. */
  othersTold: boolean | null;
  /** The traveller is not among them. */
  ofOthers: boolean;
  /** What the traveller calls them; it stays on this device. */
  called: string;
  needs: NeedsFields;
};

export type Faults = Record<string, FaultCode>;

/** The nights that most stays have, and most ports of a cruise: a press each. */
export const usualNights = ({ by }: LegFields): number[] => (by === 'ship' ? [1, 2, 3] : [3, 5, 7]);

let lastKey = 0;

export const newLeg = (): LegFields => ({
  key: ++lastKey,
  place: null,
  placeText: '',
  from: '',
  nights: 5,
  until: '',
  open: false,
  address: '',
  flight: '',
  arrivesTime: '',
  departsDate: '',
  departsTime: '',
  airside: true,
  onward: true,
  by: null,
  at: '',
  visaUntil: '',
  mayEnter: null,
});

/** The leg after another: the next port of a cruise is of a day, too. */
export const legAfter = (leg: LegFields | undefined): LegFields =>
  leg?.by === 'ship' ? { ...newLeg(), by: 'ship', nights: leg.nights } : newLeg();

/** With a stop before a leg: it takes over the day, and the leg begins where it ends. */
export const withBefore = (legs: readonly LegFields[], index: number): LegFields[] =>
  legs.flatMap((leg, at) =>
    at === index
      ? [
          { ...newLeg(), nights: 1, from: leg.from },
          { ...leg, from: '' },
        ]
      : [leg],
  );

/** Without a leg: what comes after it begins on its day, where nobody said another. */
export const withoutLeg = (legs: readonly LegFields[], index: number): LegFields[] =>
  legs.flatMap((leg, at) => {
    if (at === index) return [];
    const from = at === index + 1 && leg.from.trim() === '' ? (legs[index]?.from ?? '') : leg.from;
    return [{ ...leg, from }];
  });

/** A new trip of whoever travelled before, from today on: a day that is seen does not move overnight. */
export const newForm = (people: TripDraft, today: Civil): Form => ({
  ...peopleOf(people),
  legs: [{ ...newLeg(), from: writeDate(dayOf(today)) }],
});

const NOTHING: ForRelatives = { call_if_silent: false, say_safe: false, say_where: false, say_health: false };

const peopleOf = (people: TripDraft): Omit<Form, 'legs'> => ({
  origin: people.origin,
  originText: people.origin ?? '',
  adults: people.adults,
  children: people.children,
  phone: people.phone,
  kinName: people.next_of_kin?.name ?? '',
  kinPhone: people.next_of_kin?.phone ?? '',
  forRelatives: { ...NOTHING, ...people.for_relatives },
  othersTold: people.others_told ?? null,
  ofOthers: people.of_others ?? false,
  called: people.called ?? '',
  needs: needsOf(people.needs),
});

export function placeOf(picked: PickedPlace): Place {
  switch (picked.kind) {
    case 'city':
      return { kind: 'city', country: picked.country, city: picked.key };
    case 'country':
      return { kind: 'country', country: picked.code };
    case 'airport':
      return { kind: 'airport', code: picked.code };
  }
}

export const isTransit = (leg: LegFields): boolean => leg.place?.kind === 'airport';

/** Whether a leg has no end as it is filled in. */
export const isOpen = (leg: LegFields): boolean =>
  isTransit(leg) ? !leg.onward && leg.departsTime.trim() === '' : leg.open;

/** The first and the last day of a leg; null where one is not known or does not read. */
export type Days = { from: string | null; until: string | null };

/** Each leg begins where the last one ended, if nobody says otherwise; the first one today. */
export function daysOf(form: Form, today: Civil): Days[] {
  let after: string | null = dayOf(today);
  return form.legs.map((leg) => {
    const from = leg.from.trim() === '' ? after : readDay(leg.from, nearTo(after, today), today);
    const until = from === null ? null : lastDay(leg, from, today);
    after = until ?? from;
    return { from, until };
  });
}

/** A day without its year is meant near the one before it. */
const nearTo = (day: string | null, today: Civil): Civil => (day === null ? null : civilDate(day)) ?? today;

function lastDay(leg: LegFields, from: string, today: Civil): string | null {
  if (isOpen(leg)) return null;
  const near = civilDate(from);
  if (near === null) return null;
  if (!isTransit(leg)) return leg.nights === null ? readDay(leg.until, near, today) : plusDays(from, leg.nights);
  if (leg.departsDate.trim() !== '') return readDay(leg.departsDate, near, today);
  return dayLeft(from, readTime(leg.arrivesTime), readTime(leg.departsTime));
}

/** Who leaves at an hour that was over when they came leaves on the next day. */
const dayLeft = (from: string, arrives: string | null, departs: string | null): string | null =>
  arrives && departs && departs <= arrives ? plusDays(from, 1) : from;

/** The draft, or what stands in its way, by JSON pointer. */
export function toDraft(form: Form, today: Civil): { draft: TripDraft } | { faults: Faults } {
  const faults: Faults = {};
  const read = (pointer: string, code: FaultCode, value: string | null): string => {
    if (value === null) faults[pointer] = code;
    return value ?? '';
  };

  if (form.origin === null && form.originText.trim() !== '') faults['/origin'] = 'unknown_airport';
  const days = daysOf(form, today);
  /** Undefined where nothing was said. */
  const arrivalOf = (leg: LegFields, index: number): Arrival | undefined => {
    const visa = isTransit(leg) ? '' : leg.visaUntil.trim();
    const day = visa === '' ? '' : readDay(visa, today);
    const arrival = {
      by: isTransit(leg) ? null : leg.by,
      at: leg.at.trim(),
      visa_until: read(`/legs/${index}/visa_until`, 'impossible_date', day),
      may_enter: isTransit(leg) ? leg.mayEnter : null,
    };
    const { by, at, visa_until, may_enter } = arrival;
    return by || at || visa_until || may_enter !== null ? arrival : undefined;
  };
  // a box that was added at the end and left empty is no place
  const isEmpty = (leg: LegFields) => leg.place === null && leg.placeText.trim() === '';
  const last = form.legs.reduce((last, leg, index) => (isEmpty(leg) ? last : index), 0);
  const legs = form.legs.slice(0, last + 1).map((leg, index): LegDraft => {
    const at = (field: string) => `/legs/${index}/${field}`;
    const { from, until } = days[index] ?? { from: null, until: null };
    if (leg.place === null) faults[at('place')] = leg.placeText.trim() === '' ? 'no_place' : 'unknown_country';
    const first = read(at('from'), 'impossible_date', from);
    const arrival = arrivalOf(leg, index);
    if (leg.place?.kind === 'airport') {
      // who knows no hour says the day
      const moment = (day: string, field: string, time: string) =>
        time.trim() === '' ? day : `${day}T${read(at(field), 'impossible_time', readTime(time))}`;
      return {
        kind: 'transit',
        airport: leg.place.code,
        flight: leg.flight.trim(),
        arrives: moment(first, 'arrives-time', leg.arrivesTime),
        departs: isOpen(leg)
          ? ''
          : moment(read(at('departs'), 'impossible_date', until), 'departs-time', leg.departsTime),
        airside: leg.airside,
        onward_ticket: leg.onward,
        arrival,
      };
    }
    return {
      kind: 'stay',
      country: leg.place?.country ?? '',
      city: leg.place?.kind === 'city' ? leg.place.city : null,
      from: first,
      until: isOpen(leg) ? '' : read(at('until'), 'impossible_date', until),
      address: leg.address.trim(),
      arrival,
    };
  });
  const people = (pointer: string, value: number | null): number => {
    if (value !== null && Number.isInteger(value) && value >= 0 && value < 65536) return value;
    faults[pointer] = 'no_people';
    return 0;
  };
  const draft: TripDraft = {
    origin: form.origin,
    legs,
    adults: people('/adults', form.adults),
    children: people('/children', form.children),
    phone: form.phone.trim(),
    next_of_kin:
      form.kinName.trim() === '' && form.kinPhone.trim() === ''
        ? null
        : { name: form.kinName.trim(), phone: form.kinPhone.trim() },
    for_relatives: form.forRelatives,
    others_told: others(form) ? form.othersTold : null,
    of_others: form.ofOthers,
    ...(form.ofOthers && form.called.trim() !== '' ? { called: form.called.trim() } : {}),
    needs: toNeeds(form.needs),
  };
  // a yes is about somebody who is named
  if (draft.next_of_kin === null) draft.for_relatives = NOTHING;
  return Object.keys(faults).length > 0 ? { faults } : { draft };
}

/** What was said of coming to a leg, as fields. */
const arrivalFields = (arrival: LegDraft['arrival']): Pick<LegFields, 'by' | 'at' | 'visaUntil' | 'mayEnter'> => ({
  by: arrival?.by ?? null,
  at: arrival?.at ?? '',
  visaUntil: arrival?.visa_until ? writeDate(arrival.visa_until) : '',
  mayEnter: arrival?.may_enter ?? null,
});

/** Whether a transit ends on another day than its hours alone say. */
function leaves({ arrives, departs }: Extract<LegDraft, { kind: 'transit' }>): boolean {
  const [day, hour] = [arrives.slice(0, 10), arrives.slice(11, 16)];
  return departs !== '' && departs.slice(0, 10) !== dayLeft(day, hour, departs.slice(11, 16));
}

/** A leg of a draft as fields, at a place. */
export function legFields(leg: LegDraft, place: Place | null, placeText: string): LegFields {
  if (leg.kind === 'transit')
    return {
      ...newLeg(),
      ...arrivalFields(leg.arrival),
      place,
      placeText,
      flight: leg.flight,
      from: writeDate(leg.arrives),
      arrivesTime: leg.arrives.slice(11, 16),
      departsDate: leaves(leg) ? writeDate(leg.departs) : '',
      departsTime: leg.departs.slice(11, 16),
      airside: leg.airside,
      onward: leg.onward_ticket,
    };
  return {
    ...newLeg(),
    ...arrivalFields(leg.arrival),
    place,
    placeText,
    from: writeDate(leg.from),
    // its nights stay what they are, whatever becomes of the first day
    nights: leg.until === '' ? newLeg().nights : daysBetween(leg.from, leg.until),
    open: leg.until === '',
    address: leg.address,
  };
}

/** Whether anybody else than the traveller is on the trip. */
export const others = (form: Form): boolean => form.ofOthers || (form.adults ?? 0) + (form.children ?? 0) > 1;

/** A kept draft as fields; the trip on screen lends the names of its places. */
export function fromDraft(draft: TripDraft, trip: TripView | undefined, lang: Lang): Form {
  return {
    ...peopleOf(draft),
    originText: trip?.origin ? placeLabel(trip.origin, lang) : (draft.origin ?? ''),
    legs: draft.legs.map((leg, index) => placedFields(leg, trip?.legs[index], lang)),
  };
}

/** A leg with the names that it has on screen. */
function placedFields(leg: LegDraft, shown: LegView | undefined, lang: Lang): LegFields {
  if (leg.kind === 'transit')
    return legFields(
      leg,
      { kind: 'airport', code: leg.airport },
      shown ? `${leg.airport}, ${wordsIn(shown.place, lang)}` : leg.airport,
    );
  const country = shown ? wordsIn(shown.country, lang) : leg.country;
  const isCity = leg.city !== null;
  return legFields(
    leg,
    isCity ? { kind: 'city', country: leg.country, city: leg.city ?? '' } : { kind: 'country', country: leg.country },
    isCity && shown ? `${wordsIn(shown.place, lang)}, ${country}` : country,
  );
}

/** The form that was kept as text; null where this app has another form. */
export function readForm(text: string): Form | null {
  const empty = peopleOf({
    origin: null,
    legs: [],
    adults: 1,
    children: 0,
    phone: '',
    next_of_kin: null,
    for_relatives: NOTHING,
    others_told: null,
    of_others: false,
    needs: {},
  });
  try {
    const kept = JSON.parse(text) as Partial<Form> | null;
    if (kept === null || !Array.isArray(kept.legs)) return null;
    const legs = kept.legs.map((leg) => ({ ...newLeg(), ...leg, key: ++lastKey }));
    return { ...empty, ...kept, legs };
  } catch {
    return null;
  }
}

/** The field of the form that answers for a pointer of Rust into a draft. */
export const fieldOf = (pointer: string): string =>
  pointer
    .replace('/arrival/', '/')
    .replace(/\/(city|country|airport)$/, '/place')
    .replace(/\/arrives$/, '/from');
