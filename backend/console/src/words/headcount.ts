// What is said of a count.
import type { HarmWord } from '../api/types';
import { m } from './index';
import { grouped } from './figures';

/** What nobody said is left out, and is no nought. */
export function harmWords({ confirmed, checking }: HarmWord, options?: { locale: 'kk' | 'ru' }): string {
  return [
    confirmed === null ? null : m.harm_confirmed({ count: grouped(confirmed) }, options),
    checking === null ? null : m.harm_checking({ count: grouped(checking) }, options),
  ]
    .filter((part) => part !== null)
    .join(', ');
}

/** More or fewer than before, with its sign. */
export const changed = (by: number): string => (by < 0 ? `−${grouped(-by)}` : `+${grouped(by)}`);
