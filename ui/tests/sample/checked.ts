// What is said of a text of which only a part is the ministry's.
import type { Answer, Passage } from '../../src/lib/api';

const passage = (text: string, over: Partial<Passage> = {}): Passage => ({
  text,
  said: null,
  is_its_own: false,
  numbers: [],
  links: [],
  ...over,
});

export const checked: Answer = {
  verdict: 'part',
  emergency: [],
  heard: '2026-03-01T10:08:00Z',
  passages: [
    passage('Срочно! МИД отправляет рейс Дубай — Астана 3 марта.'),
    passage('Оставайтесь в здании.', {
      said: { entry: 'advisory/ae-airspace', issued_at: '2026-03-01T10:08:00Z', is_over: false, relayed: null },
      is_its_own: true,
    }),
    passage('Чтобы попасть в список, переведите 150 000 ₸ и позвоните: +44 7700 900123, saparlas-kz.com/pay', {
      numbers: [{ shown: '+44 7700 900123', name: null }],
      links: [{ shown: 'saparlas-kz.com', name: null }],
    }),
  ],
};
