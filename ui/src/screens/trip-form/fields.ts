// The form as text fields, and its way to a draft and back.
import { bestTag } from '../../lib/words/language-of';
import type { LegDraft, PickedPlace, TripDraft, TripView, Lang, Words } from '../../lib/api';
import { readDate, readTime, writeDate } from '../../lib/words/calendar';
import type { FaultCode } from '../../lib/words/faults';

export type StayFields = {
  kind: 'stay';
  key: number;
  place: { country: string; city: string | null } | null;
  placeText: string;
  from: string;
  until: string;
  address: string;
};

export type TransitFields = {
  kind: 'transit';
  key: number;
  airport: string | null;
  airportText: string;
  flight: string;
  arrivesDate: string;
  arrivesTime: string;
  departsDate: string;
  departsTime: string;
  airside: boolean;
  onward: boolean;
};

export type LegFields = StayFields | TransitFields;

export type Form = {
  origin: string | null;
  originText: string;
  legs: LegFields[];
  adults: number | null;
  children: number | null;
  phone: string;
  kinName: string;
  kinPhone: string;
};

export type Faults = Record<string, FaultCode>;

let lastKey = 0;

export const newForm = (): Form => ({
  origin: null,
  originText: '',
  legs: [],
  adults: 1,
  children: 0,
  phone: '',
  kinName: '',
  kinPhone: '',
});

export const newStay = (): StayFields => ({
  kind: 'stay',
  key: ++lastKey,
  place: null,
  placeText: '',
  from: '',
  until: '',
  address: '',
});

export const newTransit = (): TransitFields => ({
  kind: 'transit',
  key: ++lastKey,
  airport: null,
  airportText: '',
  flight: '',
  arrivesDate: '',
  arrivesTime: '',
  departsDate: '',
  departsTime: '',
  airside: true,
  onward: true,
});

const said = (words: Words, lang: Lang): string => words[bestTag(words, lang) ?? ''] ?? '';

export function placeLabel(place: PickedPlace, lang: Lang): string {
  switch (place.kind) {
    case 'country':
      return said(place.name, lang);
    case 'city':
      return `${said(place.name, lang)}, ${said(place.country_name, lang)}`;
    case 'airport':
      return `${place.code}, ${said(place.city, lang) || place.name}`;
  }
}

/** The draft, or what stands in its way, by JSON pointer. */
export function toDraft(form: Form): { draft: TripDraft } | { faults: Faults } {
  const faults: Faults = {};
  const read = (pointer: string, code: FaultCode, value: string | null): string => {
    if (value === null) faults[pointer] = code;
    return value ?? '';
  };

  if (form.origin === null && form.originText.trim() !== '') faults['/origin'] = 'unknown_airport';
  const legs = form.legs.map((leg, index): LegDraft => {
    const at = (field: string) => `/legs/${index}/${field}`;
    if (leg.kind === 'stay') {
      return {
        kind: 'stay',
        country: read(at('country'), 'unknown_country', leg.place?.country ?? null),
        city: leg.place?.city ?? null,
        from: read(at('from'), 'impossible_date', readDate(leg.from)),
        until: read(at('until'), 'impossible_date', readDate(leg.until)),
        address: leg.address.trim(),
      };
    }
    const moment = (field: 'arrives' | 'departs', date: string, time: string): string => {
      const day = read(at(field), 'impossible_date', readDate(date));
      return `${day}T${read(at(`${field}-time`), 'impossible_time', readTime(time))}`;
    };
    return {
      kind: 'transit',
      airport: read(at('airport'), 'unknown_airport', leg.airport),
      flight: leg.flight.trim(),
      arrives: moment('arrives', leg.arrivesDate, leg.arrivesTime),
      departs: moment('departs', leg.departsDate, leg.departsTime),
      airside: leg.airside,
      onward_ticket: leg.onward,
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
  };
  return Object.keys(faults).length > 0 ? { faults } : { draft };
}

/** A kept draft as fields; the trip on screen lends the names of its places. */
export function fromDraft(draft: TripDraft, trip: TripView | undefined, lang: Lang): Form {
  const legs = draft.legs.map((leg, index): LegFields => {
    const shown = trip?.legs[index];
    if (leg.kind === 'stay') {
      const [place, country] = [shown?.place[lang], shown?.country[lang]];
      const label = leg.city === null ? country : `${place}, ${country}`;
      return {
        ...newStay(),
        place: { country: leg.country, city: leg.city },
        placeText: shown && label ? label : leg.country,
        from: writeDate(leg.from),
        until: writeDate(leg.until),
        address: leg.address,
      };
    }
    return {
      ...newTransit(),
      airport: leg.airport,
      airportText: shown ? `${leg.airport}, ${shown.place[lang]}` : leg.airport,
      flight: leg.flight,
      arrivesDate: writeDate(leg.arrives),
      arrivesTime: leg.arrives.slice(11, 16),
      departsDate: writeDate(leg.departs),
      departsTime: leg.departs.slice(11, 16),
      airside: leg.airside,
      onward: leg.onward_ticket,
    };
  });
  return {
    origin: draft.origin,
    originText: trip?.origin ? placeLabel(trip.origin, lang) : (draft.origin ?? ''),
    legs,
    adults: draft.adults,
    children: draft.children,
    phone: draft.phone,
    kinName: draft.next_of_kin?.name ?? '',
    kinPhone: draft.next_of_kin?.phone ?? '',
  };
}

/** The field of the form that answers for a pointer of Rust. */
export const fieldOf = (pointer: string): string => pointer.replace(/\/city$/, '/country');
