import { expect, test } from 'vitest';
import { latest } from '../src/lib/latest';

function later<T>() {
  let answer: (value: T) => void = () => undefined;
  let refuse: (thrown: unknown) => void = () => undefined;
  const promise = new Promise<T>((resolve, reject) => ([answer, refuse] = [resolve, reject]));
  return { promise, answer, refuse };
}

test('an answer that comes after a later question is not heard', async () => {
  const [first, second] = [later<string>(), later<string>()];
  const heard: string[] = [];
  const ask = latest();
  const hear = (answer: string) => heard.push(answer);
  const asked = [ask(first.promise, hear, () => hear('failed')), ask(second.promise, hear, () => hear('failed'))];
  second.answer('second');
  first.answer('first');
  await Promise.all(asked);
  expect(heard).toEqual(['second']);
});

test('nor is its failure, while the latest is told', async () => {
  const [first, second] = [later<string>(), later<string>()];
  const heard: unknown[] = [];
  const ask = latest();
  const asked = [first, second].map(({ promise }) =>
    ask(
      promise,
      () => heard.push('answer'),
      (thrown) => heard.push(thrown),
    ),
  );
  first.refuse('first');
  second.refuse('second');
  await Promise.all(asked);
  expect(heard).toEqual(['second']);
});
