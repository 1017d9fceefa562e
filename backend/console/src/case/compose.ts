// What is typed becomes a letter, or what is missing is named. A promise without an hour is no promise.
import { readTime } from '@ui/lib/words/calendar';
import type { Letter } from '../api/desk';
import type { Case } from '../api/types';

/** `asks` for a yes or a no, which is one tap on the phone. */
export type Draft = { text: string; asks: boolean; promises: boolean; hour: string };
export type Reader = { language: string; quiet: boolean };
export type Composed = { letter: Letter } | { missing: 'text' | 'hour' };

/** Where whoever must not be called is written to. Of several numbers none is named: one may be of who is feared. */
export function smsTo({ row, sms }: Case): { number: string } | 'several' | null {
  if (!row.tags.includes('quiet') && !row.tags.includes('write_only')) return null;
  const [number, ...others] = new Set(sms.map(({ from }) => from));
  if (number === undefined) return null;
  return others.length === 0 ? { number } : 'several';
}

/** `due` says which moment an hour means where the reader is. */
export function composed(draft: Draft, reader: Reader, due: (hour: number, minutes: number) => string): Composed {
  const text = draft.text.trim();
  if (text === '') return { missing: 'text' };
  const { language, quiet } = reader;
  const letter: Letter = { text, language, announced: quiet ? 'silent' : 'loud', neutral: quiet };
  if (draft.asks) letter.asks = ['yes', 'no'];
  if (!draft.promises) return { letter };
  const time = readTime(draft.hour);
  if (time === null) return { missing: 'hour' };
  const [hour = 0, minutes = 0] = time.split(':').map(Number);
  const promised = `${text} ${time}`;
  return { letter: { ...letter, text: promised, promise: { what: promised, by: due(hour, minutes) } } };
}
