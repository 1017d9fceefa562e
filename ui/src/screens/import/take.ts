// The legs that a file proposes, into the form.
import type { Lang, LegDraft, LegToTake, PickedPlace } from '../../lib/api';
import { civilDate, type Civil } from '../../lib/words/calendar';
import { dayOf, daysBetween, plusDays } from '../../lib/words/typed-day';
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

/** The first moment of a leg, as the file says it. */
export const beginOf = (draft: LegDraft): string => (draft.kind === 'transit' ? draft.arrives : draft.from);

/** Whoever has no way back after so many days is not taken to be there still. */
const OPEN_DAYS = 60;
/** A journey goes on after so many days; what begins later is another one. */
const APART_DAYS = 7;

function lastDayOf(draft: LegDraft): string {
  const end = (draft.kind === 'transit' ? draft.departs : draft.until).slice(0, 10);
  const [begin, last] = [beginOf(draft).slice(0, 10), end];
  return last === '' && civilDate(begin) ? plusDays(begin, OPEN_DAYS) : last;
}

/** Which legs are of a journey that is over; one that is behind them on the way they are on is not. */
export function areOver(legs: readonly LegToTake[], today: Civil): boolean[] {
  const day = dayOf(today);
  const over: boolean[] = [];
  for (let at = legs.length - 1; at >= 0; at -= 1) {
    const [draft, next] = [legs[at]!.draft, legs[at + 1]?.draft];
    const last = lastDayOf(draft);
    const isLast = next === undefined || daysBetween(last, beginOf(next).slice(0, 10)) > APART_DAYS;
    over[at] = last !== '' && last < day && (isLast || over[at + 1] === true);
  }
  return over;
}
