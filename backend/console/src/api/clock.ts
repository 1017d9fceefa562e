// The desk's clock: every answer says what time it is there, and what is signed carries that time.
let ahead = 0;

export const deskNow = (): number => Date.now() + ahead;

/** Learns from an answer's own date. True where this machine's clock turned out to be far off. */
export function learn(date: string | null): boolean {
  const said = date === null ? Number.NaN : Date.parse(date);
  if (Number.isNaN(said)) return false;
  const off = said - deskNow();
  if (Math.abs(off) < COARSE_MS) return false;
  ahead += off;
  return true;
}

/** A date in a header has whole seconds, and was written a moment ago. */
const COARSE_MS = 5_000;
