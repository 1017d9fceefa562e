// Of questions asked one after another, the answer to the latest counts.
export interface Ask {
  <T>(question: Promise<T>, heard: (answer: T) => void, failed: (thrown: unknown) => void): Promise<void>;
  /** Ends with the answer to the newest question. */
  newest: () => Promise<void> | null;
}

export function latest(): Ask {
  let newest: Promise<void> | null = null;
  const ask: Ask = (question, heard, failed) => {
    const asked: Promise<void> = question.then(
      (answer) => (newest === asked ? heard(answer) : undefined),
      (thrown: unknown) => (newest === asked ? failed(thrown) : undefined),
    );
    newest = asked;
    return asked;
  };
  ask.newest = () => newest;
  return ask;
}
