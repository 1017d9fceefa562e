// Views of an alert of several parts, of one that comes, one that ended, and one that was void.
import type { AdvisoryView, Lang, View } from '../../src/lib/api';
import { advisory, readIn, relayed, text } from './advisories';
import { views } from './views';
import { uae } from './words';

type VoidView = View['voids'][number];
const LANGS: Lang[] = ['kk', 'ru', 'en'];

const met = {
  event: 'Severe thunderstorm',
  sender: 'National Centre of Meteorology',
  web: 'https://www.example.org/warnings/2026/0301',
  contact: 'duty@example.org, +44 20 7946 0123',
};
const storm: AdvisoryView = {
  ...advisory,
  id: 'cap/ae-storm',
  severity: 'severe',
  texts: [
    text(
      'en',
      'Thunderstorms with flooding',
      ['Keep away from valleys and underpasses.', 'Do not drive through water.'],
      'Up to 60 mm of rain within three hours.',
      met,
    ),
  ],
  relayed: { sender: met.sender, identifier: '2.49.0.1.784.0', sent: '2026-03-01T10:00:00Z' },
  areas: [{ en: 'Dubai', ar: 'دبي' }],
  topics: ['flood'],
  others: [
    {
      severity: 'extreme',
      heading: null,
      texts: [text('en', 'Violent storm on the coast', ['Leave the shore.'], 'Waves of 6 m.', met)],
      countries: [uae],
      areas: [{ en: 'Fujairah' }, { en: 'Khor Fakkan' }],
      begins: '2026-03-01T14:00:00Z',
      expires: '2026-03-02T02:00:00Z',
      state: 'upcoming',
      is_over: false,
      concerns: 'elsewhere',
      perhaps: false,
      topics: [],
    },
    {
      severity: 'moderate',
      heading: null,
      texts: [text('en', 'Thunderstorms', ['Stay inside.'], '', met)],
      countries: [uae],
      areas: [{ en: 'Abu Dhabi' }],
      begins: '2026-03-01T06:00:00Z',
      expires: '2026-03-01T16:00:00Z',
      state: 'ended',
      is_over: true,
      concerns: 'elsewhere',
      perhaps: false,
      topics: [],
    },
  ],
};
/** Passed on from somebody without a name, in no language of the reader, of an area that is only named. */
const flooded: AdvisoryView = {
  ...storm,
  id: 'cap/kz-flood',
  texts: [text('en', 'Flash flood warning', [], '', { event: 'Flash flood', sender: '', web: '', contact: '' })],
  relayed: { sender: '', identifier: '2.49.0.0.398.1', sent: '2026-03-01T10:00:00Z' },
  areas: [{ en: 'Around Kokpekti' }],
  perhaps: true,
  others: [],
};
const upcoming: AdvisoryView = {
  ...advisory,
  id: 'advisory/ae-strike',
  severity: 'severe',
  state: 'upcoming',
  begins: '2026-03-02T20:00:00Z',
  expires: '2026-03-03T20:00:00Z',
  texts: [
    text(
      'kk',
      'Ертең әуежай жұмысы тоқтайды',
      ['Рейсіңізді бүгін тексеріңіз.', 'Түнейтін жер дайындап қойыңыз.'],
      'Әуежай қызметкерлері ереуіл жариялады.',
    ),
    text(
      'ru',
      'Послезавтра аэропорт не работает',
      ['Проверьте свой рейс сегодня.', 'Найдите, где переночевать.'],
      'Сотрудники аэропорта объявили забастовку.',
    ),
    text(
      'en',
      'The airport will stand still',
      ['Check your flight today.', 'Find somewhere for the night.'],
      'Airport staff have called a strike.',
    ),
  ],
};
const ended: AdvisoryView = {
  ...advisory,
  id: 'advisory/ae-over',
  version: 2,
  state: 'ended',
  is_over: true,
  group: 'ended',
  texts: [
    text('ru', 'Опасность с воздуха миновала', ['Можно выходить из здания.'], 'Воздушное пространство открыто.'),
    text('kk', 'Әуеден келген қауіп сейілді', ['Ғимараттан шығуға болады.'], 'Әуе кеңістігі ашық.'),
    text('en', 'The danger from the air is over', ['You may leave the building.'], 'The airspace is open.'),
  ],
};
const lie: VoidView = { id: 'advisory/ae-lie', headline: 'Срочно идите в аэропорт', shown_at: '2026-03-01T09:12:00Z' };
const calm: View = { ...views.crisis, level: null };
const inLang = (view: View, lang: Lang): View => ({
  ...view,
  lang,
  advisories: view.advisories.map((one) => readIn(one, lang)),
});
const parts: View = { ...views.crisis, advisories: [storm, relayed], lead: storm.id };
const unnamed: View = { ...calm, advisories: [flooded], lead: flooded.id };
const coming: View = { ...calm, advisories: [upcoming, relayed], lead: upcoming.id };
const over: View = { ...calm, advisories: [ended, relayed], lead: null };
const voided: View = { ...calm, advisories: [], lead: null, voids: [lie] };
const said = (name: string, view: View): Record<string, View> =>
  Object.fromEntries(LANGS.map((lang) => [`${name}_${lang}`, inLang(view, lang)]));
export const alertViews = {
  ...said('parts', parts),
  ...said('unnamed', unnamed),
  ...said('coming', coming),
  ...said('over', over),
  ...said('voided', voided),
};
