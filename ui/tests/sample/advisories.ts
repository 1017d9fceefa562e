// Advisories: the ministry's own, one that it passes on, one that is over.
import type { AdvisoryView, Lang, PartView, WarningText, Words } from '../../src/lib/api';
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

/** How the app tells what is said in English alone. */
const told: Record<string, Words> = {
  'Fog, ice slick expected in Almaty region': words(
    'Көктайғақ, қар, аяз, тұман: Қазақстан',
    'Гололёд, снег, мороз, туман: Казахстан',
    '',
  ),
  'Thunderstorms with flooding': words('Су тасқыны, нөсер: Біріккен Араб Әмірліктері', 'Наводнение, ливень: ОАЭ', ''),
};
const warned = words('Ескерту: Біріккен Араб Әмірліктері', 'Предупреждение: ОАЭ', '');

/** A part as the shell gives it to a reader: their texts first, under what stands over it. */
function partFor<Part extends PartView>(part: Part, isRelayed: boolean, lang: Lang): Part {
  const texts = [...part.texts].sort((a, b) => Number(b.lang === lang) - Number(a.lang === lang));
  const [first] = texts;
  if (!first) return { ...part, texts, heading: null };
  const heading =
    isRelayed && first.lang !== lang
      ? { words: (told[first.headline] ?? warned)[lang] ?? '', lang, is_ours: true }
      : { words: first.headline, lang: first.lang, is_ours: false };
  return { ...part, texts, heading };
}

/** A warning as the shell gives it to a reader. */
export function readIn(one: AdvisoryView, lang: Lang): AdvisoryView {
  const isRelayed = one.relayed !== null;
  const whole = partFor(one, isRelayed, lang);
  return { ...whole, others: one.others.map((part) => partFor(part, isRelayed, lang)) };
}

export const advisory: AdvisoryView = {
  id: 'advisory/ae-airspace',
  version: 1,
  announced: 'loud',
  severity: 'extreme',
  heading: { words: 'Ғимараттан шықпаңыз', lang: 'kk', is_ours: false },
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
