// What was sealed in what left, a line each. Every field has its line here: one that is added and has none does not compile.
import type {
  ArrivesBy,
  CheckInStatus,
  Consent,
  ForRelatives,
  NeedsOfOne,
  PrivateCheckIn,
  PrivateLeg,
  PrivateTrip,
  SafeContact,
  SaidPlace,
  SentItem,
} from '../api';
import { checkInWords } from './codes';
import { m, pick } from './index';
import { needsWords, personWords } from './needs';
import { intentWords, medicineWords, needsSaid } from './needs-said';
import { dateWords, atHome } from './when';

type Lines<T> = { [Field in keyof T]-?: (value: NonNullable<T[Field]>) => string[] };
type Leg<Kind> = Extract<PrivateLeg, { kind: Kind }>;

const NAMES: Record<string, string> = { kk: 'Қазақша', ru: 'Русский', en: 'English' };
const nameOf = (language: string): string => NAMES[language] ?? language;

/** What the texts of the law are about. */
const textNames = (): Record<string, string> => ({ registering: m.left_trip(), next_of_kin: m.form_kin() });

/** The lines of the fields that are there, in the order of `lines`. */
function all<T extends object>(lines: Lines<T>, of: T): string[] {
  const fields = Object.keys(lines) as (keyof T)[];
  return fields.flatMap((field) => {
    const value = of[field];
    return value === undefined || value === null || value === '' ? [] : lines[field](value);
  });
}

/** The fields of a consent are said in one line. */
function consent({ text, version, language, at, by }: Consent): string {
  const when = atHome(at);
  if (text === '') return m.sealed_unseen({ when });
  const said = { version: `${textNames()[text] ?? text}, ${version}`, language: nameOf(language), when };
  return by === 'traveller' ? m.sealed_consent(said) : m.sealed_consent_proxy(said);
}

const relatives: Lines<ForRelatives> = {
  call_if_silent: (yes) => (yes ? [m.relatives_call()] : []),
  say_safe: (yes) => (yes ? [m.relatives_safe()] : []),
  say_where: (yes) => (yes ? [m.relatives_where()] : []),
  say_health: (yes) => (yes ? [m.relatives_health()] : []),
};

const byWords: Record<ArrivesBy, () => string> = {
  plane: m.by_plane,
  train: m.by_train,
  road: m.by_road,
  ship: m.by_ship,
  '(other)': () => '',
};

const arrivesBy = (by: ArrivesBy) => [`${m.arrival_by()}: ${byWords[by]()}`];

const transit: Lines<Omit<Leg<'transit'>, 'kind'>> = {
  flight: (flight) => [`${m.form_flight()}: ${flight}`],
  airside: (airside) => [airside ? m.form_airside() : m.form_landside()],
  onward_ticket: (onward) => [`${m.form_onward()} ${onward ? m.yes() : m.no()}`],
  arrives_by: arrivesBy,
  arrives_at: (terminal) => [`${m.arrival_terminal()}: ${terminal}`],
  may_enter: (may) => [`${m.may_enter()} ${may ? m.yes() : m.no()}`],
};

const stay = (cities: SentItem['cities']): Lines<Omit<Leg<'stay'>, 'kind'>> => ({
  city: (key) => [`${m.form_city()}: ${cities[key] ? pick(cities[key]) : key}`],
  address: (address) => [`${m.form_address()}: ${address}`],
  arrives_by: arrivesBy,
  // a port, a station or a crossing, by the line before
  arrives_at: (at) => [at],
  visa_until: (day) => [`${m.visa_until()}: ${dateWords(day)}`],
});

function leg(of: PrivateLeg, cities: SentItem['cities']): string[] {
  switch (of.kind) {
    case 'stay':
      return all(stay(cities), of);
    case 'transit':
      return all(transit, of);
    case '(other)':
      return [];
  }
}

const trip = (cities: SentItem['cities']): Lines<PrivateTrip> => ({
  adults: (count) => [`${m.form_adults_others()}: ${count}`],
  children: (count) => [`${m.form_children()}: ${count}`],
  phone: (phone) => [`${m.form_phone()}: ${phone}`],
  language: (language) => [m.sealed_language({ language: nameOf(language) })],
  next_of_kin: ({ name, phone }) => [`${m.form_kin()}: ${name}, ${phone}`],
  for_relatives: (yes) => all(relatives, yes),
  others_told: (told) => [`${m.others_told()} ${told ? m.others_told_yes() : m.others_told_not_yet()}`],
  needs: needsWords,
  people: (people) => people.map(personWords),
  legs: (legs) => legs.flatMap((one) => leg(one, cities)),
  of: (id) => [m.sealed_of({ id })],
  consent: (given) => [consent(given)],
  consent_of_kin: (given) => [consent(given)],
});

const safely: Lines<SafeContact> = {
  may_write: (yes) => [`${m.more_may_write()} ${yes ? m.yes() : m.no()}`],
  may_call: (yes) => [`${m.more_may_call()} ${yes ? m.yes() : m.no()}`],
  when: (when) => [`${m.more_when()} ${when}`],
};

const saidPlace = ({ words, position, accuracy_m, at }: SaidPlace): string[] => {
  const point = position && `${position.lat.toFixed(5)}, ${position.lon.toFixed(5)}`;
  const within = point && accuracy_m !== undefined && accuracy_m !== null ? `± ${accuracy_m} m` : '';
  return [[`${m.more_place()}: ${words}`, point, within, atHome(at)].filter(Boolean).join(' · ')];
};

function ofOne({ needs = [], medicine_days: days = null, words = '' }: NeedsOfOne): string {
  const kinds = needs.map((need) => needsSaid[need].ofOthers());
  return [...kinds, ...(days === null ? [] : [medicineWords(days)]), words].filter((part) => part !== '').join(', ');
}

const word: Lines<PrivateCheckIn> = {
  needs: (needs) => needs.map((need) => needsSaid[need].words()),
  medicine_days: (count) => [medicineWords(count)],
  who: (who) =>
    Object.entries(who).flatMap(([status, numbers]) =>
      numbers ? [`${checkInWords(status as CheckInStatus, 1)}: ${numbers.map((one) => `№${one}`).join(', ')}`] : [],
    ),
  of_each: (each) => each.map((one) => `№${one.number}: ${ofOne(one)}`),
  words: (words) => [words],
  place: saidPlace,
  intent: (intent) => {
    if (intent === 'out') return [m.here_left()];
    return intent in intentWords ? [intentWords[intent as keyof typeof intentWords]()] : [];
  },
  write_only: (only) => (only ? [m.more_write_only()] : []),
  contact: (contact) => all(safely, contact),
  language: (language) => [m.sealed_language({ language: nameOf(language) })],
  // whose word it is stands in what it was sealed under
  by: () => [],
  consent: (given) => [consent(given)],
};

/** All that was sealed. */
export function sealedLines({ sealed, cities, what }: Pick<SentItem, 'sealed' | 'cities' | 'what'>): string[] {
  if (sealed !== null) return all(trip(cities), sealed);
  if (what.kind === 'check_in') return what.sealed === null ? [] : all(word, what.sealed);
  return what.kind === 'message' && what.text !== '' ? [what.text] : [];
}
