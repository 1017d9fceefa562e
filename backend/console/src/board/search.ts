// What a word typed into the head finds among the cases on the board: a name, a place, a number, what was said.
import type { CaseRow } from '../api/types';
import { nameOf, placeName, sentence } from '../words/cases';

const bare = (text: string): string => text.toLowerCase().replaceAll('ё', 'е');

export function found(cases: CaseRow[], typed: string): CaseRow[] {
  const words = bare(typed)
    .split(/\s+/)
    .filter((word) => word !== '' && word !== '№');
  return cases.filter((row) => {
    const text = bare(
      [
        String(row.number),
        nameOf(row),
        row.place ? placeName(row.place) : '',
        sentence(row),
        row.step?.text ?? '',
      ].join(' '),
    );
    return words.every((word) => text.includes(word));
  });
}
