// What stands over the first screen where no warning leads it.
import type { View } from '../api';
import { hasTrip } from '../trip';
import { m, pick } from './index';

/** From this level on, nothing is called calm. */
const UNEASY = 2;

type Around = Pick<View, 'advisories' | 'here' | 'level' | 'contact' | 'my_case' | 'lock' | 'trips'>;

/** A warning here ran out by its own date, and nobody knows whether it was extended. */
const isUnknown = ({ advisories }: Pick<View, 'advisories'>) =>
  advisories.some(({ group, concerns }) => group === 'unheard' && concerns === 'here');

export function calmTitle(around: Around): string {
  const { here, level, contact, my_case } = around;
  if (contact.last_heard === null) return m.calm_unheard_more();
  if (here === null) return m.calm_title();
  if (here.source === 'home' && !hasTrip(around)) return m.calm_home();
  const place = pick(here.place);
  if (isUnknown(around)) return m.calm_unknown({ place });
  // nor to somebody who waits for help, nor by a list that may be old
  const isCalm = (level?.level ?? 1) < UNEASY && my_case === null && contact.confirmed && !contact.may_be_stale;
  return isCalm ? m.calm_place({ place }) : m.calm_unwarned({ place });
}
