// Views for looking at the screens. Numbers are of the range reserved for fiction.
const words = (kk, ru, en) => ({ kk, ru, en });
const dubai = words('Дубай', 'Дубай', 'Dubai');
const uae = words('Біріккен Араб Әмірліктері', 'ОАЭ', 'United Arab Emirates');
const doha = words('Доха', 'Доха', 'Doha');
const qatar = words('Катар', 'Катар', 'Qatar');
const allDay = words('тәулік бойы', 'круглосуточно', 'around the clock');
const NUMBER = '+442079460123';

const now = '2026-03-01T10:20:00Z';

const leg = (over) => ({
  kind: 'stay',
  place: dubai,
  code: 'AE',
  country: uae,
  airport: null,
  position: { lat: 25.2048, lon: 55.2708 },
  time_zone: 'Asia/Dubai',
  from: '2026-02-27T20:00:00Z',
  until: '2026-03-05T20:00:00Z',
  phase: 'current',
  detail: 'Creek',
  airside: false,
  onward_ticket: false,
  ...over,
});

const transit = leg({
  kind: 'transit',
  place: doha,
  code: 'QA',
  country: qatar,
  airport: 'DOH',
  position: { lat: 25.2731, lon: 51.6081 },
  time_zone: 'Asia/Qatar',
  from: '2026-02-27T12:10:00Z',
  until: '2026-02-27T15:10:00Z',
  phase: 'past',
  detail: 'KC 123',
  airside: true,
  onward_ticket: true,
});

const trip = {
  id: '11111111-1111-4111-8111-111111111111',
  phase: 'current',
  origin: {
    kind: 'airport',
    code: 'ALA',
    name: 'Almaty International Airport',
    city: words('Алматы', 'Алматы', 'Almaty'),
    country: 'KZ',
    country_name: words('Қазақстан', 'Казахстан', 'Kazakhstan'),
  },
  legs: [transit, leg({})],
  people: 3,
  delivery: { state: 'received', at: '2026-03-01T05:41:00Z' },
};

const text = (lang, headline, steps, why) => ({ lang, headline, steps, why });

const advisory = {
  id: 'advisory/ae-airspace',
  version: 1,
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
  effective: '2026-03-01T10:08:00Z',
  expires: '2026-03-01T16:00:00Z',
  state: 'in_force',
  concerns: 'here',
};

const relayed = {
  ...advisory,
  id: 'cap/kz-2.49.0.0.398',
  severity: 'moderate',
  texts: [
    text('en', 'Fog, ice slick expected in Almaty region', [], 'Fog and ice slick on the roads.'),
    text('fr', 'Brouillard', [], ''),
  ],
  relayed: { sender: 'Kazhydromet', identifier: '2.49.0.0.398.0', sent: '2026-03-01T06:00:00Z' },
  countries: [words('Қазақстан', 'Казахстан', 'Kazakhstan')],
  areas: ['Almaty region'],
  concerns: 'elsewhere',
};

const expired = {
  ...advisory,
  id: 'advisory/qa-old',
  severity: 'severe',
  countries: [qatar],
  state: 'expired',
  concerns: 'trip',
  issued_at: '2026-02-27T09:00:00Z',
  expires: '2026-02-28T16:00:00Z',
  texts: [
    text('kk', 'Транзит аймағында қалыңыз', ['Әуежайдан шықпаңыз.'], 'Қалада шектеу бар.'),
    text('ru', 'Оставайтесь в транзитной зоне', ['Не выходите из аэропорта.'], 'В городе ограничения.'),
    text('en', 'Stay airside', ['Do not leave the airport.'], 'There are limits in the city.'),
  ],
};

const mission = {
  id: 'mission/ae-dubai',
  kind: 'consulate_general',
  name: words(
    'Қазақстанның Дубайдағы Бас консулдығы',
    'Генконсульство Казахстана в Дубае',
    'Consulate General of Kazakhstan in Dubai',
  ),
  city: dubai,
  country: uae,
  ask: {
    href: 'tel:+442079460123',
    hours: { words: words('дс–жм 09:00–18:00', 'пн–пт 09:00–18:00', 'Mon–Fri 09:00–18:00'), open: true },
    demo: true,
  },
  serves: ['AE'],
  mine: true,
  position: null,
  address: '',
  hours: { words: words('дс–жм 09:00–18:00', 'пн–пт 09:00–18:00', 'Mon–Fri 09:00–18:00'), open: true },
  site: '',
  sources: [],
  distance_km: 5.7,
};

const line = {
  id: 'line/ae-dubai',
  mission: mission.id,
  kind: 'emergency',
  name: words('Дубай, шұғыл желі', 'Дубай, экстренная линия', 'Dubai, emergency line'),
  hours: allDay,
  open: true,
  languages: ['kk', 'ru', 'en', 'ar'],
  number: NUMBER,
  text: { kind: 'sms', number: NUMBER },
  state: 'overloaded',
  demo: true,
  verified_at: '2026-02-28T08:00:00Z',
};

const office = {
  ...line,
  id: 'line/ae-dubai-office',
  kind: 'office',
  name: words('Дубай, кеңсе желісі', 'Дубай, линия приёмной', 'Dubai, office line'),
  hours: mission.hours.words,
  text: { kind: 'chat', messenger: 'telegram', url: 'https://t.me/saparlas_demo_dubai' },
  state: 'open',
};

/** The bar as Rust words it: whose line, and when it answers. */
const bar = (name, hours, over) => {
  const line = (lang) => [name[lang], hours[lang], 'DEMO'].join('\u00a0· ');
  return {
    href: `tel:${NUMBER}`,
    writes: false,
    number: NUMBER,
    line: words(line('kk'), line('ru'), line('en')),
    demo: true,
    kind: 'mission',
    second_way: null,
    ...over,
  };
};
const busy = words('желі бос емес: жазған дұрыс', 'линия перегружена: лучше написать', 'line is busy: better to write');
const secondWay = (way, href, { name, hours }) => ({ way, href, name, hours });

const crisis = {
  lang: 'ru',
  now,
  ministry: {
    name: words(
      'Қазақстан Республикасы Сыртқы істер министрлігі',
      'Министерство иностранных дел Республики Казахстан',
      'Ministry of Foreign Affairs of the Republic of Kazakhstan',
    ),
    demo: true,
    home_city: words('Астана', 'Астана', 'Astana'),
    home_time_zone: 'Asia/Almaty',
  },
  trouble: null,
  here: {
    place: dubai,
    country: 'AE',
    country_name: uae,
    time_zone: 'Asia/Dubai',
    airport: null,
    position: { lat: 25.2048, lon: 55.2708 },
    source: 'itinerary',
    since: '2026-02-27T20:00:00Z',
    trip: trip.id,
  },
  call: bar(words('Дубайдағы Бас консулдық', 'Генконсульство в Дубае', 'Consulate General in Dubai'), allDay),
  last_call: null,
  advisories: [advisory, relayed, expired],
  trips: [trip],
  check_in: null,
  contacts: {
    lines: [
      line,
      office,
      {
        ...line,
        id: 'line/home',
        mission: null,
        name: words(
          'Министрліктің тәуліктік желісі',
          'Круглосуточная линия министерства',
          'The ministry’s 24-hour line',
        ),
        state: 'open',
      },
    ],
    missions: [
      mission,
      {
        ...mission,
        id: 'mission/qa',
        kind: 'embassy',
        name: words(
          'Қазақстанның Катардағы елшілігі',
          'Посольство Казахстана в Катаре',
          'Embassy of Kazakhstan in Qatar',
        ),
        city: doha,
        country: qatar,
        mine: false,
        hours: null,
        distance_km: null,
      },
    ],
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
  contact: { link: 'connected', last_heard: '2026-03-01T10:18:00Z', may_be_stale: false, waiting: 0, refused: null },
  prefers_text: false,
  bulletin: 1,
};

const calm = {
  ...crisis,
  lang: 'kk',
  call: bar(crisis.contacts.lines[2].name, allDay, {
    kind: 'ministry',
    second_way: secondWay('office', `tel:${NUMBER}`, office),
  }),
  advisories: [relayed],
  level: { level: 1, code: 'AE', country: uae, since: '2026-01-01T04:00:00Z', why: words('', '', '') },
};

const rough = {
  ...crisis,
  lang: 'kk',
  check_in: { status: 'need_help', at: '2026-03-01T10:15:00Z', people: 3, delivery: { state: 'waiting' } },
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
    waiting: 2,
    refused: { reason: 'bad_signature', at: '2026-03-01T10:00:00Z' },
  },
};

const first = {
  ...crisis,
  lang: 'kk',
  here: {
    place: words('Астана', 'Астана', 'Astana'),
    country: 'KZ',
    country_name: words('Қазақстан', 'Казахстан', 'Kazakhstan'),
    time_zone: 'Asia/Almaty',
    airport: null,
    position: null,
    source: 'home',
    since: null,
    trip: null,
  },
  advisories: [],
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
  contact: { link: 'unreachable', last_heard: null, may_be_stale: false, waiting: 0, refused: null },
};

const bare = {
  ...first,
  lang: 'en',
  ministry: null,
  here: null,
  call: {
    ...crisis.call,
    href: 'tel:112',
    number: '112',
    demo: false,
    kind: 'emergency',
    line: words(
      'Жергілікті жедел қызметтер\u00a0· тәулік бойы',
      'Местные экстренные службы\u00a0· круглосуточно',
      'Local emergency services\u00a0· day and night',
    ),
  },
  contact: { ...first.contact, link: 'idle' },
};

const broken = { ...bare, lang: 'ru', trouble: 'data_is_newer' };

const call = {
  id: '33333333-3333-4333-8333-333333333333',
  number: NUMBER,
  demo: true,
  way: 'voice',
  at: now,
  dialled: true,
  outcome: 'called',
  delivery: { state: 'waiting' },
};
const called = { ...crisis, lang: 'kk', last_call: call };
const undialled = { ...crisis, lang: 'ru', last_call: { ...call, dialled: false } };

const name = words('Дубайдағы Бас консулдық', 'Генконсульство в Дубае', 'Consulate General in Dubai');
const overloaded = { ...crisis, call: bar(name, busy, { second_way: secondWay('text', `sms:${NUMBER}`, line) }) };
const writes = {
  ...crisis,
  prefers_text: true,
  call: bar(name, allDay, {
    href: `sms:${NUMBER}`,
    writes: true,
    second_way: secondWay('voice', `tel:${NUMBER}`, line),
  }),
};

const wrote = { ...writes, last_call: { ...call, way: 'sms', dialled: false } };

export const views = { wrote, crisis, calm, rough, first, bare, broken, called, undialled, overloaded, writes };

export const places = [
  { kind: 'city', key: 'ae-dubai', name: dubai, country: 'AE', country_name: uae },
  { kind: 'airport', code: 'DXB', name: 'Dubai International Airport', city: dubai, country: 'AE', country_name: uae },
  { kind: 'airport', code: 'DOH', name: 'Hamad International Airport', city: doha, country: 'QA', country_name: qatar },
  { kind: 'country', code: 'AE', name: uae },
];

export const draft = {
  origin: 'ALA',
  legs: [
    {
      kind: 'transit',
      airport: 'DOH',
      flight: 'KC 123',
      arrives: '2026-02-27T15:10',
      departs: '2026-02-27T18:10',
      airside: true,
      onward_ticket: true,
    },
    { kind: 'stay', country: 'AE', city: 'ae-dubai', from: '2026-02-28', until: '2026-03-05', address: 'Creek' },
  ],
  adults: 2,
  children: 1,
  phone: NUMBER,
  next_of_kin: { name: 'Айгүл', phone: NUMBER },
};
