// Of questions asked one after another, the answer to the latest counts.
type Ask = <T>(question: Promise<T>, heard: (answer: T) => void, failed: (thrown: unknown) => void) => Promise<void>;

export function latest(): Ask {
  let asked = 0;
  return (question, heard, failed) => {
    const turn = ++asked;
    return question.then(
      (answer) => (turn === asked ? heard(answer) : undefined),
      (thrown: unknown) => (turn === asked ? failed(thrown) : undefined),
    );
  };
}
