// Whom the desk wakes for a life that nobody takes, one after another, and what is missing for it. Pure: as
// backend/src/desk/casework/waking.rs decides it.
import type { Board, Duty, DutyPlace, Night, Officer, Role, Wake } from '../api/types';
import type { StaffMember } from '../api/wire_intake';

/** Who may take a case, and so be on the rota: docs/roles.md. */
const TAKE: Role[] = ['gold', 'silver', 'bronze'];

export const atWork = (staff: StaffMember[]): StaffMember[] => staff.filter(({ ended_at }) => ended_at === undefined);
export const takers = (staff: StaffMember[]): StaffMember[] => atWork(staff).filter(({ role }) => TAKE.includes(role));
export const golds = (staff: StaffMember[]): StaffMember[] => atWork(staff).filter(({ role }) => role === 'gold');

export type Step = { step: DutyPlace | 'gold'; officers: Officer[] };

/** Who is woken before whom. */
export const PLACES: DutyPlace[] = ['first', 'next'];

/** Where the rota has a gap, who comes after. */
const onDuty = (night: Night): Step[] =>
  PLACES.map((step) => ({
    step,
    officers: night.onDuty.filter(({ place }) => place === step).map(({ officer }) => officer),
  })).filter(({ officers }) => officers.length > 0);

export function ladder(night: Night, gold: Officer[]): Step[] {
  return [...onDuty(night), ...(gold.length > 0 ? [{ step: 'gold' as const, officers: gold }] : [])];
}

/** What keeps somebody asleep, the worst first. */
export type Missing = { what: 'sms' | 'rota' | 'gold' | 'push' } | { what: 'number' | 'gone'; officer: Officer };

export function missing(night: Night, duties: Duty[], staff: StaffMember[]): Missing[] {
  const isWoken = ({ id, role }: Officer): boolean =>
    role === 'gold' || duties.some(({ officer }) => officer.id === id);
  const woken = atWork(staff).filter(isWoken);
  return [
    ...(night.smsGoes ? [] : [{ what: 'sms' as const }]),
    ...(night.onDuty.length > 0 ? [] : [{ what: 'rota' as const }]),
    ...(golds(staff).length > 0 ? [] : [{ what: 'gold' as const }]),
    ...woken.filter((one) => !one.has_number).map((officer) => ({ what: 'number' as const, officer })),
    ...woken.filter((one) => one.push_gone).map((officer) => ({ what: 'gone' as const, officer })),
    ...(night.pushGoes || !woken.some((one) => one.has_push) ? [] : [{ what: 'push' as const }]),
  ];
}

/** What the board says of the night, in one line. */
export type Standing =
  /** `after`: who is woken next, as far as the rota says it. */
  | { tells: 'woken'; at: string; number: number; officers: Officer[]; went: Went; after: Officer[] | 'gold' | null }
  | { tells: 'no_sms' | 'only_push' | 'nobody' }
  | { tells: 'no_number'; officers: Officer[] }
  | { tells: 'on_duty'; officers: Officer[]; after: Officer[] | 'gold' };
/** `pushed`: by a push alone, so far. */
export type Went = 'sent' | 'pushed' | 'goes' | 'failed';

export function standing({ night, cases }: Pick<Board, 'night' | 'cases'>): Standing {
  const woken = wokenFor(cases, night);
  if (woken) return woken;
  const isPushed = night.pushGoes && night.onDuty.some(({ hasPush }) => hasPush);
  if (!night.smsGoes) return { tells: isPushed ? 'only_push' : 'no_sms' };
  const [first, second] = onDuty(night);
  if (!first) return { tells: 'nobody' };
  const unreached = night.onDuty.filter(({ hasNumber }) => !hasNumber);
  if (unreached.length > 0) return { tells: 'no_number', officers: unreached.map(({ officer }) => officer) };
  return { tells: 'on_duty', officers: first.officers, after: second?.officers ?? 'gold' };
}

/** Who was woken last for a life that is still nobody's. */
function wokenFor(cases: Board['cases'], night: Night): Standing | null {
  const isNobodys = (number: number): boolean =>
    cases.some((row) => row.number === number && row.owner === null && row.rank === 'life');
  const last = night.wakes.find((wake) => wake.cases.some(isNobodys));
  const number = last?.cases.find(isNobodys);
  if (last === undefined || number === undefined) return null;
  const chain = night.wakes.filter((wake) => wake.cases.includes(number));
  const together = chain.filter(({ at }) => at === last.at);
  const officers = together.map(({ officer }) => officer);
  return { tells: 'woken', at: last.at, number, officers, went: went(together, night), after: after(chain, night) };
}

function went(wakes: Wake[], { smsGoes, pushGoes }: Night): Went {
  const isDue = (state: string | undefined): boolean => state === 'waits' || state === 'on_its_way';
  if (wakes.some(({ state }) => state === 'sent')) return 'sent';
  if (wakes.some(({ push }) => push === 'taken')) return 'pushed';
  const goes = wakes.some(({ state, push }) => (smsGoes && isDue(state)) || (pushGoes && isDue(push)));
  return goes ? 'goes' : 'failed';
}

/** Who comes after those; nobody is named where the rota has changed since, or Gold was woken. */
function after(chain: Wake[], night: Night): Officer[] | 'gold' | null {
  const steps = onDuty(night);
  const isOn = ({ officers }: Step, { officer }: Wake): boolean => officers.some(({ id }) => id === officer.id);
  if (!chain.every((wake) => steps.some((step) => isOn(step, wake)))) return null;
  const last = steps.filter((step) => chain.some((wake) => isOn(step, wake))).at(-1);
  return steps[last === undefined ? 0 : steps.indexOf(last) + 1]?.officers ?? 'gold';
}
