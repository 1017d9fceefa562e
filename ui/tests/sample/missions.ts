// Missions and their lines as the demonstration ministry publishes them, a country's page, and answers of the search.
import { readFileSync } from 'node:fs';
import type {
  ChatView,
  CountryPage,
  EmergencyRow,
  EmergencyService,
  Hit,
  Lang,
  LevelView,
  LineView,
  MissionView,
  Piece,
  Target,
  View,
  Words,
} from '../../src/lib/api';
import { advisory } from './advisories';
import { countries } from './map';
import { here } from './trips';
import { home, views } from './views';
import { words } from './words';

/** An entry of the demonstration: its body is the ministry's own form. */
type Draft<Body> = { id: string; kind: string; body: Body };
type Hours = { kind: 'always' } | { kind: 'weekly' };
type MissionBody = Pick<MissionView, 'kind' | 'name' | 'city' | 'serves'> &
  Partial<MissionView> & { country: string; hours?: Hours };
type LineBody = Pick<LineView, 'kind' | 'name' | 'languages' | 'number' | 'state' | 'demo'> &
  Partial<LineView> & { hours: Hours };
type ChatBody = Pick<ChatView, 'name' | 'link' | 'demo'> & Partial<ChatView>;

const entries = JSON.parse(
  readFileSync(new URL('../../../backend/demo/entries.json', import.meta.url), 'utf8'),
) as Draft<unknown>[];
const country = (code: string): Words => countries.find((one) => one.code === code)!.name;
const verified_at = '2026-02-28T08:00:00Z';
const hours = ({ kind }: Hours): Words =>
  kind === 'always'
    ? words('тәулік бойы', 'круглосуточно', 'day and night')
    : words('дс–жм 09:00–18:00', 'пн–пт 09:00–18:00', 'Mon–Fri 09:00–18:00');
const of = <Body>(kind: string) => entries.filter((entry) => entry.kind === kind) as Draft<Body>[];

const missions = of<MissionBody>('mission').map(({ id, body }): MissionView => ({
  id,
  position: null,
  address: '',
  site: '',
  sources: [],
  ...body,
  country: country(body.country),
  hours: body.hours ? { words: hours(body.hours), open: true } : null,
  ask: {
    href: 'tel:+442079460123',
    messenger: null,
    hours: { words: hours({ kind: 'weekly' }), open: true },
    demo: true,
  },
  mine: body.serves.includes('AE'),
  distance_km: body.serves.includes('AE') ? (id === 'mission.dubai' ? 5.7 : 121.4) : null,
}));
const dubai = missions.find(({ id }) => id === 'mission.dubai')!;
Object.assign(dubai, {
  address: 'Villa 39, Street 4B, Jumeirah 1, Dubai',
  hours: { words: words('жс–бс 09:00–18:00', 'вс–чт 09:00–18:00', 'Sun–Thu 09:00–18:00'), open: true },
  site: 'https://www.gov.kz/memleket/entities/mfa-dubai',
});
const empty = missions.find(({ mine }) => !mine)!;

const lines = of<LineBody>('line')
  // a machine's line is in no list
  .filter(({ body }) => body.mission !== empty.id && body.kind !== 'coded_sms')
  .map(({ id, body }): LineView => ({
    id,
    mission: null,
    text: null,
    ...body,
    hours: hours(body.hours),
    open: body.kind === 'emergency' || body.mission === dubai.id,
    verified_at,
    state: id === 'line.dubai' ? 'overloaded' : id === 'line.abu-dhabi.office' ? 'closed' : body.state,
  }));
const chats = of<ChatBody>('chat').map(({ id, body }): ChatView => ({ id, mission: null, ...body, verified_at }));
const mine = missions.filter((mission) => mission.mine).sort((a, b) => (a.distance_km ?? 0) - (b.distance_km ?? 0));

const all = { missions: [...mine, ...missions.filter((mission) => !mission.mine)], lines, chats };
const contacts: View = { ...views.crisis, contacts: all };
const silent: View = { ...contacts, prefers_text: true, call: views.writes.call };
const ofMinistryAlone: View = {
  ...contacts,
  contacts: { ...all, missions: [], lines: lines.filter(({ mission }) => mission === null) },
};
/** No trip: at home, where no mission serves. */
const atHome: View = {
  ...contacts,
  here: home,
  trips: [],
  call: views.calm.call,
  emergency: views.first.emergency,
  contacts: { ...all, missions: all.missions.map((mission) => ({ ...mission, mine: false, distance_km: null })) },
};
const chosen: View = { ...contacts, here: { ...here, source: 'chosen', since: '2026-03-01T09:02:00Z' } };
const calmDubai: View = {
  ...contacts,
  advisories: views.calm.advisories,
  level: views.calm.level,
  call: views.calm.call,
  lang: 'kk',
};
export const factViews = { contacts, silent, atHome, ofMinistryAlone, chosen, calmDubai };
export const missionWithoutLines = empty.id;

const numbers = (service: EmergencyService, ...given: [string, string, string][]): EmergencyRow => ({
  service,
  numbers: given.map(([number, source, date]) => ({ number, source, date })),
  differ: given.length > 1,
});
const FCDO = 'UK FCDO, Getting help (2026-08)';
const AOSP = 'AOSP emergency numbers (2023-12)';
const level = (level: number, code: string, why: Words): LevelView => ({
  level,
  code,
  country: country(code),
  since: '2026-02-20T04:00:00Z',
  why,
});
export const pages: Record<string, CountryPage> = {
  AE: {
    code: 'AE',
    name: country('AE'),
    time_zone: 'Asia/Dubai',
    clock: [{ from: '2024-01-01T00:00:00Z', seconds: 14400 }],
    level: views.crisis.level,
    advisories: [advisory],
    emergency: views.crisis.emergency,
    contacts: { ...all, missions: mine },
    topics: ['air-raid', 'shelter', 'evacuation', 'stranded', 'transit'],
  },
  TR: {
    code: 'TR',
    name: country('TR'),
    time_zone: 'Europe/Istanbul',
    clock: [{ from: '2024-01-01T00:00:00Z', seconds: 10800 }],
    level: level(
      2,
      'TR',
      words('Шекара маңында сақ болыңыз.', 'Будьте осторожны у границы.', 'Take care near the border.'),
    ),
    advisories: [],
    emergency: [
      numbers('general', ['112', `${FCDO}; libphonenumber short numbers`, '2026-08']),
      numbers('police', ['112', FCDO, '2026-08'], ['155', AOSP, '2023-12']),
      numbers('fire', ['112', FCDO, '2026-08'], ['110', AOSP, '2023-12']),
    ],
    contacts: { ...all, missions: missions.filter(({ id }) => id === 'mission.istanbul' || id === 'mission.ankara') },
    topics: ['protests', 'calm', 'register', 'insurance', 'medicines'],
  },
  NP: {
    code: 'NP',
    name: country('NP'),
    time_zone: 'Asia/Kathmandu',
    clock: [{ from: '2024-01-01T00:00:00Z', seconds: 20700 }],
    level: null,
    advisories: [],
    emergency: [],
    contacts: { ...all, missions: [] },
    topics: ['register', 'documents'],
  },
};

const piece = (text: string, hit = false): Piece => ({ text, hit });
const hit = (target: Target, title: Piece[], detail: Piece[], lang: Lang): Hit => ({ target, title, detail, lang });
export const found: Record<string, Hit[]> = {
  дуб: [
    hit(
      { kind: 'city', key: 'ae-dubai', country: 'AE' },
      [piece('Дуб', true), piece('ай')],
      [piece('Біріккен Араб Әмірліктері')],
      'kk',
    ),
    hit(
      { kind: 'airport', code: 'DXB', country: 'AE' },
      [piece('Дуб', true), piece('ай')],
      [piece('DXB · Dubai International Airport · Біріккен Араб Әмірліктері')],
      'kk',
    ),
    hit(
      { kind: 'mission', id: dubai.id },
      [piece('Дуб', true), piece('айдағы Бас консулдық')],
      [piece('Дуб', true), piece('ай · Біріккен Араб Әмірліктері')],
      'kk',
    ),
    hit({ kind: 'country', code: 'AE' }, [piece('Біріккен Араб Әмірліктері')], [], 'kk'),
    hit(
      { kind: 'topic', id: 'transit' },
      [piece('Транзитте, визасыз әуежайда қалсаңыз')],
      [piece('Консулға '), piece('дуб', true), piece('лікатты көрсетіңіз, егер түпнұсқасы жоқ болса.')],
      'kk',
    ),
    hit(
      { kind: 'topic', id: 'violence' },
      [piece('Violence against you')],
      [piece('Get to a safe place. This is not your fault.')],
      'en',
    ),
    hit(
      { kind: 'advisory', id: 'advisory/ae-airspace' },
      [piece('Ғимараттан шықпаңыз')],
      [piece('Рейстер туралы айтқанша әуежайға бармаңыз.')],
      'kk',
    ),
  ],
};
