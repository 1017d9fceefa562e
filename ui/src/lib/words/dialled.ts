// Numbers that one can dial within what the ministry says.

/** A piece of a text; `number` is what is dialled. */
export type Said = { text: string; number: string | null };

/** As it is dialled from any country: behind a plus, in groups or in one. */
const NUMBER = /(?<![\p{L}\d])\+\d[\d\s().-]*\d/gu;
const [LEAST, MOST] = [8, 15];

/** A text in its order, with its numbers apart from the words. */
export function dialled(text: string): Said[] {
  const pieces: Said[] = [];
  let from = 0;
  const take = (until: number) => {
    if (until > from) pieces.push({ text: text.slice(from, until), number: null });
    from = until;
  };
  for (const { 0: found, index } of text.matchAll(NUMBER)) {
    const digits = found.replace(/\D/g, '');
    if (digits.length < LEAST || digits.length > MOST) continue;
    take(index);
    pieces.push({ text: found, number: `+${digits}` });
    from = index + found.length;
  }
  take(text.length);
  return pieces;
}
