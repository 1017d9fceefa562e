import { expect, it } from 'vitest';

import kk from '../messages/kk.json';

const said = JSON.stringify(kk);

// one word a thing, and nothing said as Russian says it
it.each([
  ['қолданба', /(?<!\p{L})қосымша/iu],
  ['көшіріп салу', /(мәтінді|мәтінін|тізімді?|сілтемені осында) қойыңыз/iu],
  ['рейс болмай қалды', /рейсі?м? (тоқтатылды|күшін жойды)/iu],
  ['жаныңыздағы', /жанындағы/iu],
  ['мекенжай', /адрес/iu],
])('Kazakh says %s and nothing else', (_, other) => {
  expect(said).not.toMatch(other);
});
