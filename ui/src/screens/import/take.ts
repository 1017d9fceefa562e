// The legs that a file proposes, into the form.
import type { Lang, LegToTake, PickedPlace } from '../../lib/api';
import { civilDate, writeDate, type Civil } from '../../lib/words/calendar';
import { readDay } from '../../lib/words/typed-day';
import { daysOf, legFields, placeLabel, placeOf, type Form, type LegFields } from '../trip-form/fields';

/** A leg as the form has it; a place that is not known is left to be chosen. */
export const fieldsOf = ({ draft, place, airport }: LegToTake, lang: Lang): LegFields =>
  legFields(draft, place && placeOf(place), place ? placeLabel(place, lang) : (airport ?? ''));

/** The form with the legs among its own, in the order of their days; one that it has already is not put in again. */
export function withLegs(
  form: Form,
  legs: readonly LegToTake[],
  origin: PickedPlace | null,
  today: Civil,
  lang: Lang,
): Form {
  const days = daysOf(form, today);
  const own = form.legs
    // each keeps the day that it has by what stands before it
    .map((leg, index) => ({ ...leg, from: leg.from.trim() || writeDate(days[index]?.from ?? '') }))
    .filter((leg) => leg.place !== null || leg.placeText.trim() !== '');
  const day = (leg: LegFields) => readDay(leg.from, today, today) ?? '';
  for (const leg of legs.map((taken) => fieldsOf(taken, lang))) {
    if (own.some((other) => isSame(other, leg) && day(other) === day(leg))) continue;
    const after = own.findIndex((other) => day(other) > day(leg));
    own.splice(after === -1 ? own.length : after, 0, leg);
  }
  // the file says where this trip begins, and the form where the last one did
  const begins = origin?.kind === 'airport' && form.legs.every(({ place }) => place === null);
  return begins
    ? { ...form, legs: own, origin: origin.code, originText: placeLabel(origin, lang) }
    : { ...form, legs: own };
}

const isSame = (one: LegFields, other: LegFields): boolean =>
  one.place === null ? one.placeText === other.placeText : JSON.stringify(one.place) === JSON.stringify(other.place);

/** `2026-12-03T04:10` as a day to write and a time; the time is empty where the file says none. */
export const partsOf = (local: string): { day: Civil | null; time: string } => ({
  day: civilDate(local.slice(0, 10)),
  time: local.slice(11, 16),
});
