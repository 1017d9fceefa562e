// What a word typed into the head finds among the cases on the board: a name, a place, a number, what was said.
import type { CaseRow } from '../api/types';
import { nameOf, placeName, reasons } from '../words/cases';

const bare = (text: string): string => text.toLowerCase().replaceAll('ё', 'е');

/** The text of a row is made once: the row of a fresh list is another one. */
const texts = new WeakMap<CaseRow, string>();

function textOf(row: CaseRow): string {
  const known = texts.get(row);
  if (known !== undefined) return known;
  const { number, place, step, owner } = row;
  const parts = [number, nameOf(row), place && placeName(place), ...reasons(row), step?.text, owner?.name];
  const text = bare(parts.filter((part) => part !== null && part !== undefined).join(' '));
  texts.set(row, text);
  return text;
}

export function found(cases: CaseRow[], typed: string): CaseRow[] {
  const words = bare(typed)
    .split(/\s+/)
    .filter((word) => word !== '' && word !== '№');
  return cases.filter((row) => {
    const text = textOf(row);
    return words.every((word) => text.includes(word));
  });
}
