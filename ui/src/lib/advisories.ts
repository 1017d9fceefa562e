// Which warnings stand where on the first screen.
import type { AdvisoryView, PartView, View } from './api';

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
export function arranged(view: Pick<View, 'advisories' | 'lead' | 'now'>): Arranged {
  const { advisories, now } = view;
  const holds = advisories.filter((one) => !isOver(one));
  const mine = holds.filter((one) => one.concerns !== 'elsewhere');
  const lead = mine.find((one) => one.id === view.lead);
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
