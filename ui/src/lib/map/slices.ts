// Long work in slices, so that the map keeps moving under the finger.
const SLICE_MS = 5;

/** Null where the result is no longer wanted. */
export async function inSlices<T>(work: Iterable<T>, wanted: () => boolean): Promise<T[] | null> {
  const made: T[] = [];
  let began = performance.now();
  for (const one of work) {
    made.push(one);
    if (performance.now() - began < SLICE_MS) continue;
    await new Promise((go) => setTimeout(go));
    if (!wanted()) return null;
    began = performance.now();
  }
  return made;
}
