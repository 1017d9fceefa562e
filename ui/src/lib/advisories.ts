// Which warnings stand where on the first screen: the View says it, what leads stands above the lists.
import type { AdvisoryGroup, AdvisoryView, LevelView, View } from './api';
import { severityGrade } from './words/codes';

type Warnings = Pick<View, 'advisories' | 'lead'>;

export const leading = ({ advisories, lead }: Warnings): AdvisoryView | undefined =>
  advisories.find(({ id }) => id === lead);

/** They come with what matters most first. */
export const listed = ({ advisories, lead }: Warnings, wanted: AdvisoryGroup): AdvisoryView[] =>
  advisories.filter(({ id, group }) => group === wanted && id !== lead);

/** So many that ran out are news. */
const MOST_OVER = 3;

/** Those that hold and the newest that ran out, in their order; the others, which nobody had heard the end of, apart. */
export function folded(advisories: AdvisoryView[]): { shown: AdvisoryView[]; older: AdvisoryView[] } {
  const over = advisories
    .filter(({ is_over }) => is_over)
    .sort((a, b) => Date.parse(b.expires) - Date.parse(a.expires));
  const older = over.slice(MOST_OVER);
  return { shown: advisories.filter((one) => !older.includes(one)), older };
}

/** Whether what is warned of stands above a country's level: what holds now goes before what holds always. */
export const outweighs = (advisories: AdvisoryView[], level: LevelView | null): boolean =>
  advisories.some(({ severity }) => severityGrade[severity] >= (level?.level ?? 0));
