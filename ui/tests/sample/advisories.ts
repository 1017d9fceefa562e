// Advisories: the ministry's own, one that it passes on, one that is over.
import type { AdvisoryView, WarningText } from '../../src/lib/api';
import { qatar, uae, words } from './words';

export const text = (
  lang: string,
  headline: string,
  steps: string[],
  why: string,
  source: Partial<WarningText> = {},
): WarningText => ({
  lang,
  headline,
  steps,
  why,
  event: '',
  sender: '',
  web: '',
  contact: '',
  ...source,
});

export const advisory: AdvisoryView = {
  id: 'advisory/ae-airspace',
  version: 1,
  announced: 'loud',
  severity: 'extreme',
  texts: [
    text(
      'kk',
      'Ғимараттан шықпаңыз',
      [
        'Ішкі бөлмеге кіріп, терезеден алыс отырыңыз.',
        'Рейстер туралы айтқанша әуежайға бармаңыз.',
        'Аман екеніңізді хабарлаңыз.',
      ],
      'Әуе кеңістігі жабық, аспаннан қауіп бар.',
    ),
    text(
      'ru',
      'Оставайтесь в здании',
      [
        'Уйдите во внутреннюю комнату, дальше от окон.',
        'Не ездите в аэропорт, пока мы не сообщим о рейсах.',
        'Сообщите, как вы.',
      ],
      'Воздушное пространство закрыто, угроза с воздуха.',
    ),
    text(
      'en',
      'Stay inside',
      [
        'Go to an inner room, away from windows.',
        'Do not go to the airport until we say there are flights.',
        'Tell us how you are.',
      ],
      'The airspace is closed and there is a threat from the air.',
    ),
  ],
  relayed: null,
  countries: [uae],
  areas: [],
  issued_at: '2026-03-01T10:08:00Z',
  begins: '2026-03-01T10:08:00Z',
  expires: '2026-03-01T16:00:00Z',
  state: 'in_force',
  is_over: false,
  concerns: 'here',
  perhaps: false,
  topics: [],
  group: 'mine',
  others: [],
};

export const relayed: AdvisoryView = {
  ...advisory,
  id: 'cap/kz-2.49.0.0.398',
  severity: 'moderate',
  texts: [
    text('en', 'Fog, ice slick expected in Almaty region', [], 'Fog and ice slick on the roads.', {
      event: 'Fog, ice slick',
      sender: 'Kazhydromet',
      web: 'https://www.example.org/warnings/2.49.0.0.398.0',
      contact: 'duty@example.org',
    }),
    text('fr', 'Brouillard', [], ''),
  ],
  relayed: { sender: 'Kazhydromet', identifier: '2.49.0.0.398.0', sent: '2026-03-01T06:00:00Z' },
  countries: [words('Қазақстан', 'Казахстан', 'Kazakhstan')],
  areas: [{ en: 'Almaty region' }],
  topics: ['ice', 'fog'],
  concerns: 'elsewhere',
  group: 'elsewhere',
};

export const expired: AdvisoryView = {
  ...advisory,
  id: 'advisory/qa-old',
  severity: 'severe',
  countries: [qatar],
  state: 'expired',
  is_over: true,
  concerns: 'trip',
  group: 'past',
  issued_at: '2026-02-27T09:00:00Z',
  expires: '2026-02-28T16:00:00Z',
  texts: [
    text('kk', 'Транзит аймағында қалыңыз', ['Әуежайдан шықпаңыз.'], 'Қалада шектеу бар.'),
    text('ru', 'Оставайтесь в транзитной зоне', ['Не выходите из аэропорта.'], 'В городе ограничения.'),
    text('en', 'Stay airside', ['Do not leave the airport.'], 'There are limits in the city.'),
  ],
};
