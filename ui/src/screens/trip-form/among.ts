// Legs among other legs, and the traveller among those who travel.
import { writeDate, type Civil } from '../../lib/words/calendar';
import { readDay } from '../../lib/words/typed-day';
import { daysOf, type Form, type LegFields } from './fields';

/** The legs that have a place, each on the day that it has by what stands before it. */
export function placed(form: Form, today: Civil): LegFields[] {
  const days = daysOf(form, today);
  return form.legs
    .map((leg, index) => ({ ...leg, from: leg.from.trim() || writeDate(days[index]?.from ?? '') }))
    .filter((leg) => leg.place !== null || leg.placeText.trim() !== '');
}

/** The legs of a form with others among them, in the order of their days; one that it has already is not put in again. */
export function withAmong(form: Form, others: readonly LegFields[], today: Civil): LegFields[] {
  const own = placed(form, today);
  const day = (leg: LegFields) => readDay(leg.from, today) ?? '';
  for (const leg of others) {
    if (own.some((other) => isSame(other, leg) && day(other) === day(leg))) continue;
    const after = own.findIndex((other) => day(other) > day(leg));
    own.splice(after === -1 ? own.length : after, 0, leg);
  }
  return own;
}

const isSame = (one: LegFields, other: LegFields): boolean =>
  one.place === null ? one.placeText === other.placeText : JSON.stringify(one.place) === JSON.stringify(other.place);

/** The traveller is one of them, or is not: the number of those who travel is one more or one less; one alone stays one. */
export function setAmong(form: Form, among: boolean): void {
  if (form.ofOthers !== among) return;
  form.ofOthers = !among;
  const isOne = form.adults === 1 && !form.children;
  if (!isOne) form.adults = Math.max(0, (form.adults ?? 0) + (among ? 1 : -1));
}

/** How many travel, as far as that was filled in. */
export const headsOf = (form: Form): number => (form.adults ?? 0) + (form.children ?? 0);
