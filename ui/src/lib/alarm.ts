// Extreme danger where the traveller is: it is in sight wherever they are in the app, until they say how they are.
import { leading } from './advisories';
import type { AdvisoryView, View } from './api';
import type { Route } from './routes';

type Said = Pick<View, 'advisories' | 'lead' | 'check_in'>;

/** The one that waits for an answer. */
export function alarmOf(view: Said): AdvisoryView | undefined {
  const lead = leading(view);
  if (lead?.severity !== 'extreme' || lead.state !== 'in_force' || lead.concerns !== 'here') return undefined;
  const said = view.check_in;
  return said && Date.parse(said.at) >= Date.parse(lead.issued_at) ? undefined : lead;
}

/** Whether a screen says itself what to do: the first, and the warning's own page. */
export const saysIt = (route: Route, alarm: Pick<AdvisoryView, 'id'>): boolean =>
  route.screen === 'now' || (route.screen === 'advisory' && route.id === alarm.id);
