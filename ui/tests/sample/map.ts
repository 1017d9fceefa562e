// What the map shows in the pictures: levels, places and answers about a point. The levels are made up.
import { readFileSync } from 'node:fs';
import type {
  CountryName,
  Here,
  LegView,
  LevelView,
  MissionView,
  PlaceAt,
  Position,
  TripView,
  View,
  WarnedArea,
} from '../../src/lib/api';
import { advisory, relayed } from './advisories';
import { embassy, mission } from './contacts';
import { here as there, stay, transit, trip } from './trips';
import { home, views } from './views';
import { words } from './words';

const table = readFileSync(new URL('../../../crates/atlas/data/countries.tsv', import.meta.url), 'utf8')
  .trim()
  .split('\n');
const columns = table[0]!.split('\t');
export const countries = table.slice(1).map((row): CountryName => {
  const cells = row.split('\t');
  const of = (column: string) => cells[columns.indexOf(column)]!;
  return { code: of('code'), numeric: Number(of('number')), name: words(of('kk'), of('ru'), of('en')) };
});
const country = (code: string) => countries.find((one) => one.code === code)!;

const byLevel = {
  4: 'AE BH IR IQ IL KW AF SY YE UA SD LY',
  3: 'QA SA JO LB PK SO NE ML',
  2: 'OM EG TR MM NG ET VE TN DZ CD BD IN',
  1: 'TH VN CN JP KR MY SG ID GE AM AZ UZ KG TJ TM MN IT FR DE ES PT GB US CA BR AR MX GR BG CY MV LK AU NZ',
};
const levels: LevelView[] = Object.entries(byLevel)
  .flatMap(([level, codes]) =>
    codes.split(' ').map((code) => ({
      level: Number(level),
      code,
      country: country(code).name,
      since: '2026-03-01T04:00:00Z',
      why: words('', '', ''),
    })),
  )
  .sort((a, b) => (a.code < b.code ? -1 : 1));

/** A view and what the map asks for beside it. */
type MapView = View & { levels: LevelView[]; areas?: WarnedArea[] };

const at = (lat: number, lon: number): Position => ({ lat, lon });
const { crisis, calm, first, bare, waits } = views;

const stop = (over: Partial<LegView>): LegView => ({ ...stay, phase: 'coming', detail: '', ...over });
const route = (...legs: LegView[]): TripView[] => [{ ...trip, legs }];
const doha = { ...transit, position: at(25.2731, 51.6081) };
const dubai = { ...stay, position: at(25.2048, 55.2708) };
const istanbul = stop({
  place: { kk: 'Ыстанбұл', ru: 'Стамбул', en: 'Istanbul' },
  code: 'TR',
  country: country('TR').name,
  position: at(41.0082, 28.9784),
  from: '2026-03-05T20:00:00Z',
  until: '2026-03-09T20:00:00Z',
});
const here: Here = { ...there, position: dubai.position, since: dubai.from };

const missions: MissionView[] = [
  {
    ...mission,
    serves: ['AE'],
    position: at(25.2285, 55.2864),
    distance_km: 6,
    hours: null,
    address: '',
    site: '',
    sources: [],
  },
  {
    ...embassy,
    serves: ['QA'],
    position: at(25.32, 51.53),
    distance_km: 380,
    hours: null,
    address: '',
    site: '',
    sources: [],
  },
  { ...embassy, serves: ['SA'], id: 'mission/sa', position: at(24.6738, 46.6279) },
  { ...embassy, serves: ['TR'], id: 'mission/tr', position: at(39.8513, 32.8339) },
  { ...embassy, serves: ['TR'], id: 'mission/tr-2', position: at(39.9, 32.7) },
];

const area = (over: Partial<WarnedArea>): WarnedArea => ({
  advisory: advisory.id,
  severity: 'extreme',
  state: 'in_force',
  country: null,
  polygons: [],
  circles: [],
  airports: [],
  closed: false,
  ...over,
});
export const areas = {
  country: area({ country: 'AE' }),
  airport: area({ airports: [{ code: 'DOH', country: 'QA', position: doha.position }], closed: true }),
  airspace: area({
    severity: 'severe',
    polygons: [[at(26.5, 50.4), at(24.4, 50.4), at(24.4, 51.9), at(26.5, 51.9), at(26.5, 50.4)]],
    closed: true,
  }),
  circle: area({
    advisory: relayed.id,
    severity: 'moderate',
    circles: [{ center: at(41.01, 28.98), radius_km: 180 }],
  }),
};

const map: MapView = {
  ...crisis,
  lang: 'kk',
  here,
  trips: route(doha, dubai, istanbul),
  contacts: { ...crisis.contacts, missions },
  levels,
  areas: [areas.country, areas.airport],
};
export const mapViews: Record<
  'map' | 'mapAreas' | 'mapStale' | 'mapHome' | 'mapBare' | 'mapUnheard' | 'mapRough' | 'mapFar' | 'mapWaits',
  MapView
> = {
  map,
  mapStale: { ...map, contact: views.rough.contact },
  mapAreas: { ...map, areas: [areas.circle, areas.airspace, areas.country] },
  mapHome: { ...first, here: home, levels },
  mapWaits: { ...waits, levels },
  mapBare: { ...bare, levels: [] },
  mapUnheard: { ...first, here: home, levels: [] },
  mapRough: {
    ...calm,
    here: { ...here, place: country('TR').name, country: 'TR', country_name: country('TR').name, position: null },
    trips: route({ ...istanbul, place: country('TR').name, position: null, phase: 'current' }),
    contacts: { ...crisis.contacts, missions: [] },
    levels,
  },
  mapFar: {
    ...map,
    trips: route(
      stop({
        kind: 'transit',
        airport: 'ICN',
        place: { kk: 'Сеул', ru: 'Сеул', en: 'Seoul' },
        code: 'KR',
        country: country('KR').name,
        position: at(37.4602, 126.4407),
      }),
      stop({
        place: { kk: 'Лос-Анджелес', ru: 'Лос-Анджелес', en: 'Los Angeles' },
        code: 'US',
        country: country('US').name,
        position: at(34.05, -118.24),
      }),
      stop({
        place: { kk: 'Нью-Йорк', ru: 'Нью-Йорк', en: 'New York' },
        code: 'US',
        country: country('US').name,
        position: at(40.71, -74),
      }),
    ),
    here: home,
  },
};

export const placesAt = {
  sea: { kind: 'sea' },
  country: { kind: 'country', country: country('AE') },
  border: { kind: 'border', country: country('AE'), beside: [country('OM')] },
  disputed: {
    kind: 'disputed',
    claims: [country('RU'), country('UA')],
    counts_as: null,
    note: {
      kk: 'Министрлік бұл жер туралы өз ұстанымын осы жерде жазады.',
      ru: 'Здесь министерство пишет своё слово об этом месте.',
      en: 'Here the ministry writes its own word about this place.',
    },
  },
} satisfies Record<string, PlaceAt>;
