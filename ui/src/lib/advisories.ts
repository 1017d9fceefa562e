// Which warnings stand where on the first screen: the View says it, what leads stands above the lists.
import type { AdvisoryGroup, AdvisoryView, View } from './api';

type Warnings = Pick<View, 'advisories' | 'lead'>;

export const leading = ({ advisories, lead }: Warnings): AdvisoryView | undefined =>
  advisories.find(({ id }) => id === lead);

/** They come with what matters most first. */
export const listed = ({ advisories, lead }: Warnings, wanted: AdvisoryGroup): AdvisoryView[] =>
  advisories.filter(({ id, group }) => group === wanted && id !== lead);
