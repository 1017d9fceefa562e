// The legs that a file proposes, into the form.
import type { Lang, LegToTake, PickedPlace } from '../../lib/api';
import { civilDate, type Civil } from '../../lib/words/calendar';
import { withAmong } from '../trip-form/among';
import { placeLabel } from '../../lib/words/place-label';
import { legFields, placeOf, type Form, type LegFields } from '../trip-form/fields';

/** A leg as the form has it; a place that is not known is left to be chosen. */
export const fieldsOf = ({ draft, place, airport }: LegToTake, lang: Lang): LegFields =>
  legFields(draft, place && placeOf(place), place ? placeLabel(place, lang) : (airport ?? ''));

/** The form with the legs among its own. */
export function withLegs(
  form: Form,
  legs: readonly LegToTake[],
  origin: PickedPlace | null,
  today: Civil,
  lang: Lang,
): Form {
  const taken = legs.map((leg) => fieldsOf(leg, lang));
  const among = { ...form, legs: withAmong(form, taken, today) };
  // the file says where this trip begins, and the form where the last one did
  const begins = origin?.kind === 'airport' && form.legs.every(({ place }) => place === null);
  return begins ? { ...among, origin: origin.code, originText: placeLabel(origin, lang) } : among;
}

/** `2026-12-03T04:10` as a day to write and a time; the time is empty where the file says none. */
export const partsOf = (local: string): { day: Civil | null; time: string } => ({
  day: civilDate(local.slice(0, 10)),
  time: local.slice(11, 16),
});
