// Views for looking at the screens, as the shell would hand them over: a changed type breaks the check.
import type {
  AdvisoryView,
  CallBar,
  Here,
  LastCall,
  LineView,
  SecondWay,
  SecondWayKind,
  View,
  Words,
} from '../../src/lib/api';
import { advisory, expired, relayed } from './advisories';
import { embassy, line, mission, office } from './contacts';
import { here, stay, transit, trip } from './trips';
import { NUMBER, always, doha, now, qatar, uae, words } from './words';

/** The bar as Rust words it: whose line, and when it answers. */
const bar = (line: Words, hours: Words, over?: Partial<CallBar>): CallBar => ({
  href: `tel:${NUMBER}`,
  writes: false,
  number: NUMBER,
  line,
  hours,
  demo: true,
  kind: 'mission',
  second_way: null,
  ...over,
});
const busy = words('қоңырау көп: жазған дұрыс', 'линия перегружена: лучше написать', 'line is busy: better to write');
const secondWay = (way: SecondWayKind, href: string, { name }: LineView): SecondWay => ({ way, href, line: name });

const ministryLine: LineView = {
  ...line,
  id: 'line/home',
  mission: null,
  name: words('Министрлік желісі', 'Линия министерства', 'The ministry’s line'),
  state: 'open',
};

const crisis: View = {
  revision: 1,
  lang: 'ru',
  languages: ['kk', 'ru', 'en'],
  clocks: {
    'Asia/Almaty': [{ from: '2024-02-29T18:00:00Z', seconds: 18_000 }],
    'Asia/Dubai': [{ from: '2024-01-01T00:00:00Z', seconds: 14_400 }],
    'Asia/Qatar': [{ from: '2024-01-01T00:00:00Z', seconds: 10_800 }],
  },
  now,
  ministry: {
    name: words(
      'Қазақстан Республикасы Сыртқы істер министрлігі',
      'Министерство иностранных дел Республики Казахстан',
      'Ministry of Foreign Affairs of the Republic of Kazakhstan',
    ),
    demo: true,
    home_country: 'KZ',
  },
  home: { city: words('Астана', 'Астана', 'Astana'), time_zone: 'Asia/Almaty', position: null },
  welcome: false,
  trouble: null,
  damaged: false,
  discreet: false,
  lock: { has_pin: false, locked: false, wait_until: null, pin_damaged: false },
  mended: null,
  here,
  perhaps_at: [],
  perhaps_at_home: false,
  stuck: false,
  party: 3,
  of_others: false,
  call: bar(words('Дубайдағы Бас консулдық', 'Генконсульство в Дубае', 'Consulate General in Dubai'), always),
  last_call: null,
  advisories: [advisory, relayed, expired],
  lead: advisory.id,
  voids: [],
  trips: [trip],
  check_in: null,
  my_case: null,
  unread: 0,
  contacts: {
    lines: [line, office, ministryLine],
    missions: [mission, embassy],
    chats: [
      {
        id: 'chat/ministry',
        mission: null,
        name: words('Министрліктің чаты', 'Чат министерства', 'The ministry’s chat'),
        link: { messenger: 'telegram', url: 'https://t.me/saparlas_demo' },
        demo: true,
        verified_at: line.verified_at,
      },
    ],
  },
  takes_sms: true,
  emergency: [
    {
      service: 'police',
      numbers: [
        { number: '999', source: 'UK FCDO, Getting help (2026-08); AOSP emergency numbers (2023-12)', date: '2026-08' },
      ],
      differ: false,
    },
    {
      service: 'ambulance',
      numbers: [
        { number: '998', source: 'UK FCDO, Getting help (2026-08); AOSP emergency numbers (2023-12)', date: '2026-08' },
      ],
      differ: false,
    },
    {
      service: 'fire',
      numbers: [
        { number: '997', source: 'UK FCDO, Getting help (2026-08); AOSP emergency numbers (2023-12)', date: '2026-08' },
      ],
      differ: false,
    },
  ],
  level: {
    level: 4,
    code: 'AE',
    country: uae,
    since: '2026-03-01T04:00:00Z',
    why: words('Әуе кеңістігі жабық.', 'Воздушное пространство закрыто.', 'The airspace is closed.'),
  },
  contact: {
    link: 'connected',
    last_heard: '2026-03-01T10:18:00Z',
    may_be_stale: false,
    confirmed: true,
    app_too_old: false,
    clock_is_behind: false,
    waiting: 0,
    refused: null,
  },
  prefers_text: false,
  bulletin: 1,
};

const calm: View = {
  ...crisis,
  lang: 'kk',
  call: bar(ministryLine.name, always, {
    kind: 'ministry',
    second_way: secondWay('office', `tel:${NUMBER}`, office),
  }),
  advisories: [relayed],
  lead: null,
  level: { level: 1, code: 'AE', country: uae, since: '2026-01-01T04:00:00Z', why: words('', '', '') },
};

/** The ministry's steps name a number; so do those of another authority. */
const callsToo = (one: AdvisoryView): AdvisoryView => ({
  ...one,
  texts: one.texts.map((text) => ({ ...text, steps: [`☎ ${NUMBER}`, ...text.steps] })),
});
const numbered: View = { ...crisis, advisories: crisis.advisories.map(callsToo) };

/** Who answers has a long name, and where they are. */
const istanbul: View = {
  ...calm,
  here: { ...here, place: words('Біріккен Араб Әмірліктері', 'Объединённые Арабские Эмираты', 'United Arab Emirates') },
  call: bar(words('Ыстанбұлдағы Бас консулдық', 'Генконсульство в Стамбуле', 'Consulate General in Istanbul'), always, {
    second_way: secondWay('office', `tel:${NUMBER}`, office),
  }),
};

/** Nobody is at the nearest mission's door, and its own line answers day and night. */
const closedDoor: View = {
  ...calm,
  call: bar(crisis.contacts.missions[0]!.name, always),
  contacts: {
    ...crisis.contacts,
    missions: crisis.contacts.missions.map((one) => ({
      ...one,
      hours: {
        words: words('дс–жм 09:00–18:00', 'пн–пт 09:00–18:00', 'Mon–Fri 09:00–18:00'),
        open: false,
      },
    })),
  },
};

const rough: View = {
  ...crisis,
  lang: 'kk',
  check_in: {
    status: 'need_help',
    by_status: [{ status: 'need_help', count: 3 }],
    at: '2026-03-01T10:15:00Z',
    people: 3,
    party: 3,
    stay_in_need: 0,
    trip: trip.id,
    left_in_need: false,
    told_more: false,
    received_at: null,
    can_undo: false,
    undoes_plan: false,
    delivery: { state: 'waiting' },
    sms_opened_at: null,
  },
  trips: [
    { ...trip, delivery: { state: 'waiting' } },
    {
      ...trip,
      id: '22222222-2222-4222-8222-222222222222',
      phase: 'coming',
      delivery: { state: 'parked', code: 'field_invalid' },
    },
  ],
  contact: {
    link: 'captive_portal',
    last_heard: '2026-03-01T04:18:00Z',
    may_be_stale: true,
    confirmed: false,
    app_too_old: false,
    clock_is_behind: true,
    waiting: 2,
    refused: { reason: 'bad_signature', at: '2026-03-01T10:00:00Z' },
  },
};

/** A trip that another phone leads. */
const moved: View = {
  ...crisis,
  trips: crisis.trips.map((one) => ({ ...one, delivery: { state: 'parked', code: 'trip_moved' } })),
};

/** Nobody has said where else. */
export const home: Here = {
  place: words('Астана', 'Астана', 'Astana'),
  country: 'KZ',
  country_name: words('Қазақстан', 'Казахстан', 'Kazakhstan'),
  time_zone: 'Asia/Almaty',
  airport: null,
  position: null,
  sky: null,
  source: 'home',
  since: null,
  trip: null,
};

const first: View = {
  ...crisis,
  welcome: true,
  lang: 'kk',
  here: home,
  advisories: [],
  lead: null,
  trips: [],
  contacts: { lines: [], missions: [], chats: [] },
  level: null,
  emergency: [
    {
      service: 'general',
      numbers: [{ number: '112', source: 'libphonenumber short numbers', date: '2026-07' }],
      differ: false,
    },
  ],
  contact: { ...crisis.contact, link: 'unreachable', last_heard: null },
};

/** Opened for the first time while a warning holds at home. */
const firstWarned: View = {
  ...first,
  advisories: [{ ...advisory, countries: [words('Қазақстан', 'Казахстан', 'Kazakhstan')] }],
  lead: advisory.id,
};

const bare: View = {
  ...first,
  welcome: false,
  lang: 'en',
  ministry: null,
  here: null,
  call: {
    ...crisis.call,
    href: 'tel:112',
    number: '112',
    demo: false,
    kind: 'emergency',
    line: words('Жергілікті жедел қызметтер', 'Местные экстренные службы', 'Local emergency services'),
    hours: always,
  },
  contact: { ...first.contact, link: 'idle' },
};

const mended: View = {
  ...calm,
  mended: { at: now, damaged: true, lost: 3, names_lost: false, new_device: true },
};

const locked: View = {
  ...calm,
  trips: [],
  lock: { has_pin: true, locked: true, wait_until: null, pin_damaged: false },
};

const broken: View = { ...bare, lang: 'ru', trouble: 'data_is_newer' };

const call: LastCall = {
  id: '33333333-3333-4333-8333-333333333333',
  number: NUMBER,
  demo: true,
  way: 'voice',
  at: now,
  dialled: true,
  words: '',
  qr: `tel:${NUMBER}`,
  outcome: 'called',
  delivery: { state: 'waiting' },
};
const called: View = { ...crisis, lang: 'kk', last_call: call };
const undialled: View = { ...crisis, lang: 'ru', last_call: { ...call, dialled: false } };

const name = words('Дубайдағы Бас консулдық', 'Генконсульство в Дубае', 'Consulate General in Dubai');
const overloaded: View = { ...crisis, call: bar(busy, {}, { second_way: secondWay('text', `sms:${NUMBER}`, line) }) };
const writes: View = {
  ...crisis,
  prefers_text: true,
  call: bar(name, always, {
    href: `sms:${NUMBER}`,
    writes: true,
    second_way: secondWay('voice', `tel:${NUMBER}`, line),
  }),
};

const begun = 'Dubai, United Arab Emirates. 3 of us. Do not call, write. I need help: ';
const wrote: View = {
  ...writes,
  last_call: { ...call, way: 'sms', dialled: false, words: begun, qr: `SMSTO:${NUMBER}:${begun}` },
};

/** At home, and told who this is. */
const settled: View = { ...first, welcome: false, contact: { ...first.contact, link: 'connected', last_heard: now } };
/** At home, while their people are where a warning holds. */
const waits: View = {
  ...settled,
  advisories: [{ ...advisory, concerns: 'others' }],
  lead: advisory.id,
  trips: [{ ...trip, of_others: true }],
};
/** A year of study, and years at a mission. */
const lasts = (from: string, until: string): View => ({
  ...crisis,
  lead: null,
  advisories: [],
  trips: [{ ...trip, people: 1, origin: null, legs: [{ ...stay, from, until }] }],
});
const student = lasts('2025-08-31T20:00:00Z', '2026-06-30T20:00:00Z');
const diplomat = lasts('2025-08-31T20:00:00Z', '2028-08-28T20:00:00Z');
/** Long after the tickets of the samples. */
const later: View = { ...crisis, now: '2027-03-01T10:20:00Z' };
const silentFront: View = { ...settled, contact: { ...first.contact, link: 'server_trouble', last_heard: now } };
const safe: View = {
  ...crisis,
  check_in: {
    status: 'safe',
    by_status: [{ status: 'safe', count: 3 }],
    at: '2026-03-01T10:15:00Z',
    people: 3,
    party: 3,
    stay_in_need: 0,
    trip: trip.id,
    left_in_need: false,
    told_more: false,
    received_at: null,
    can_undo: false,
    undoes_plan: false,
    delivery: { state: 'waiting' },
    sms_opened_at: null,
  },
};

/** All is said to be well, just now: it can be taken back. */
const slip: View = { ...safe, check_in: { ...safe.check_in!, people: 3, party: 5, can_undo: true } };

/** Whoever registered others, and called about them. */
const calledOthers: View = { ...called, of_others: true, trips: [{ ...trip, of_others: true }] };

/** A request for help is open, and another warning comes. */
const asked: View = {
  ...crisis,
  check_in: {
    ...safe.check_in!,
    status: 'need_help',
    by_status: [{ status: 'need_help', count: 3 }],
    at: '2026-03-01T09:50:00Z',
    delivery: { state: 'received', at: '2026-03-01T09:51:00Z' },
  },
};

const other = '22222222-2222-4222-8222-222222222222';
const stayIn = { ...stay, place: words('Маскат', 'Маскат', 'Muscat'), code: 'OM' };
/** On two trips at one time, as an app before this one kept them. */
const twice: View = {
  ...crisis,
  trips: [
    { ...trip, at_one_time: { trip: other, leg: 1, from: '2026-03-03', until: '2026-03-05' } },
    { ...trip, id: other, phase: 'coming', legs: [{ ...stayIn, phase: 'coming' }] },
  ],
};
/** Nobody else is on either. */
const twiceAlone: View = { ...twice, trips: twice.trips.map((one) => ({ ...one, people: 1 })) };
/** Stuck without an end, with a trip to come. */
const goesOn: View = {
  ...crisis,
  trips: [
    { ...trip, legs: [transit, { ...stay, open: true }], ends_with: other, can_last_longer: false },
    { ...trip, id: other, phase: 'coming', legs: [{ ...stayIn, phase: 'coming' }] },
  ],
};

/** Cannot fly on from Doha, and left no phone. */
const stranded: View = {
  ...crisis,
  lead: null,
  advisories: [],
  here: { ...here, place: doha, country: 'QA', country_name: qatar, airport: 'DOH', time_zone: 'Asia/Qatar' },
  stuck: true,
  party: 1,
  trips: [
    { ...trip, people: 1, has_phone: false, changed: 'cut_off', legs: [{ ...transit, phase: 'current', open: true }] },
  ],
  check_in: {
    status: 'stranded',
    by_status: [{ status: 'stranded', count: 1 }],
    at: '2026-03-01T10:15:00Z',
    people: 1,
    party: 1,
    stay_in_need: 0,
    trip: trip.id,
    left_in_need: false,
    told_more: false,
    received_at: null,
    can_undo: false,
    undoes_plan: false,
    delivery: { state: 'received', at: '2026-03-01T10:16:00Z' },
    sms_opened_at: null,
  },
};

/** The same, and has said more: no more than that. */
const strandedTold: View = { ...stranded, check_in: { ...stranded.check_in!, told_more: true } };

/** Behind the PIN it was said of three that they are safe; one stays in need. */
const lockedSaid: View = {
  ...locked,
  party: 4,
  check_in: {
    ...safe.check_in!,
    status: 'need_help',
    by_status: [
      { status: 'safe', count: 3 },
      { status: 'need_help', count: 1 },
    ],
    people: 4,
    party: 4,
    stay_in_need: 1,
    trip: null,
  },
};

/** Cannot fly on, while something holds at the next place, which leads nowhere. */
const strandedAhead: View = { ...stranded, advisories: [{ ...advisory, concerns: 'trip' }] };

/** The same, and has said since that they are safe. */
const strandedSafe: View = {
  ...stranded,
  check_in: {
    ...stranded.check_in!,
    status: 'safe',
    by_status: [{ status: 'safe', count: 1 }],
  },
};

/** The same, while a warning leads. */
const strandedWarned: View = { ...stranded, advisories: crisis.advisories, lead: crisis.lead };

/** No hour of the day says where they are. */
const perhaps: View = {
  ...crisis,
  perhaps_at_home: true,
  perhaps_at: [
    {
      kind: 'airport',
      code: 'DOH',
      name: 'Hamad International Airport',
      city: doha,
      country: 'QA',
      country_name: qatar,
    },
    { kind: 'country', code: 'AE', name: uae },
  ],
};

/** They said that they left the airport, and not yet where they are. */
const hasLeft: View = {
  ...settled,
  here: {
    ...crisis.here!,
    place: qatar,
    country: 'QA',
    country_name: qatar,
    airport: null,
    source: 'left',
    trip: null,
  },
  check_in: { ...safe.check_in!, status: 'left', by_status: [{ status: 'left', count: 1 }] },
  perhaps_at_home: true,
  perhaps_at: [{ kind: 'country', code: 'QA', name: qatar }],
};

/** The network asks to be signed in to, and a word waits. */
const signsIn: View = { ...crisis, contact: { ...crisis.contact, link: 'captive_portal', waiting: 2 } };

export const views = {
  moved,
  hasLeft,
  perhaps,
  signsIn,
  twice,
  twiceAlone,
  goesOn,
  stranded,
  strandedSafe,
  closedDoor,
  istanbul,
  numbered,
  strandedAhead,
  strandedTold,
  lockedSaid,
  strandedWarned,
  settled,
  slip,
  calledOthers,
  waits,
  asked,
  student,
  diplomat,
  later,
  silentFront,
  safe,
  wrote,
  crisis,
  calm,
  rough,
  first,
  firstWarned,
  bare,
  broken,
  mended,
  locked,
  called,
  undialled,
  overloaded,
  writes,
};
