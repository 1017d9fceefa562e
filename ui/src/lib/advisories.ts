// Which warnings stand where on the first screen.
import type { AdvisoryView, PartView } from './api';

export const isOver = ({ state }: Pick<PartView, 'state'>): boolean => state === 'ended' || state === 'expired';

export type Arranged = {
  /** What to do now; where nothing holds yet, what comes. */
  lead: AdvisoryView | undefined;
  /** Others that concern the traveller. */
  live: AdvisoryView[];
  /** Said to be over, where the warning would still hold. */
  ended: AdvisoryView[];
  past: AdvisoryView[];
  elsewhere: AdvisoryView[];
};

/** They come with what matters most first. */
export function arranged(advisories: AdvisoryView[], now: string): Arranged {
  const holds = advisories.filter((one) => !isOver(one));
  const mine = holds.filter((one) => one.concerns !== 'elsewhere');
  const lead = mine.find((one) => one.state === 'in_force') ?? mine[0];
  const over = advisories.filter(isOver);
  const wouldHold = (one: AdvisoryView) => one.state === 'ended' && Date.parse(one.expires) > Date.parse(now);
  return {
    lead,
    live: mine.filter((one) => one !== lead),
    ended: over.filter(wouldHold),
    past: over.filter((one) => !wouldHold(one)),
    elsewhere: holds.filter((one) => one.concerns === 'elsewhere'),
  };
}
