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
  country: uae,
  airport: null,
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
  country: qatar,
  airport: 'DOH',
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
  urgency: 'immediate',
  texts: [
    text('kk', 'Ғимараттан шықпаңыз', ['Ішкі бөлмеге кіріп, терезеден алыс отырыңыз.', 'Рейстер туралы айтқанша әуежайға бармаңыз.', 'Аман екеніңізді хабарлаңыз.'], 'Әуе кеңістігі жабық, аспаннан қауіп бар.'),
    text('ru', 'Оставайтесь в здании', ['Уйдите во внутреннюю комнату, дальше от окон.', 'Не ездите в аэропорт, пока мы не сообщим о рейсах.', 'Сообщите, как вы.'], 'Воздушное пространство закрыто, угроза с воздуха.'),
    text('en', 'Stay inside', ['Go to an inner room, away from windows.', 'Do not go to the airport until we say there are flights.', 'Tell us how you are.'], 'The airspace is closed and there is a threat from the air.'),
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
  urgency: 'future',
  texts: [
    text('en', 'Fog, ice slick expected in Almaty region', [], 'Fog and ice slick on the roads.'),
    text('fr', 'Brouillard', [], ''),
  ],
  relayed: { sender: 'Kazhydromet', identifier: '2.49.0.0.398.0', sent: '2026-03-01T06:00:00Z' },
  countries: [words('Қазақстан', 'Казахстан', 'Kazakhstan')],
  areas: ['Almaty region'],
  concerns: 'elsewhere',
};

const expired = { ...advisory, id: 'advisory/qa-old', severity: 'severe', countries: [qatar], state: 'expired', concerns: 'trip', issued_at: '2026-02-27T09:00:00Z', expires: '2026-02-28T16:00:00Z', texts: [text('kk', 'Транзит аймағында қалыңыз', ['Әуежайдан шықпаңыз.'], 'Қалада шектеу бар.'), text('ru', 'Оставайтесь в транзитной зоне', ['Не выходите из аэропорта.'], 'В городе ограничения.'), text('en', 'Stay airside', ['Do not leave the airport.'], 'There are limits in the city.')] };

const mission = {
  id: 'mission/ae-dubai',
  kind: 'consulate_general',
  name: words('Қазақстанның Дубайдағы Бас консулдығы', 'Генконсульство Казахстана в Дубае', 'Consulate General of Kazakhstan in Dubai'),
  city: dubai,
  country: uae,
  mine: true,
};

const line = {
  id: 'line/ae-dubai',
  mission: mission.id,
  name: words('Дубай, шұғыл желі', 'Дубай, экстренная линия', 'Dubai, emergency line'),
  hours: allDay,
  number: NUMBER,
  state: 'overloaded',
  demo: true,
  verified_at: '2026-02-28T08:00:00Z',
};

const crisis = {
  lang: 'ru',
  now,
  ministry: {
    name: words('Қазақстан Республикасы Сыртқы істер министрлігі', 'Министерство иностранных дел Республики Казахстан', 'Ministry of Foreign Affairs of the Republic of Kazakhstan'),
    demo: true,
    home_city: words('Астана', 'Астана', 'Astana'),
    home_time_zone: 'Asia/Almaty',
  },
  trouble: null,
  here: { place: dubai, country: 'AE', country_name: uae, time_zone: 'Asia/Dubai', airport: null, source: 'plan', trip: trip.id },
  call: { number: NUMBER, name: words('Дубайдағы Бас консулдық', 'Генконсульство в Дубае', 'Consulate General in Dubai'), hours: allDay, demo: true, kind: 'mission' },
  last_call: null,
  advisories: [advisory, relayed, expired],
  trips: [trip],
  check_in: null,
  lines: [line, { ...line, id: 'line/home', mission: null, name: words('Министрліктің тәуліктік желісі', 'Круглосуточная линия министерства', 'The ministry’s 24-hour line'), state: 'open' }],
  missions: [mission, { ...mission, id: 'mission/qa', kind: 'embassy', name: words('Қазақстанның Катардағы елшілігі', 'Посольство Казахстана в Катаре', 'Embassy of Kazakhstan in Qatar'), city: doha, country: qatar, mine: false }],
  emergency: [
    { service: 'police', number: '999', source: 'FCDO', date: '2026-01-10' },
    { service: 'ambulance', number: '998', source: 'FCDO', date: '2026-01-10' },
    { service: 'fire', number: '997', source: 'FCDO', date: '2026-01-10' },
  ],
  level: { level: 4, country: uae, since: '2026-03-01T04:00:00Z', why: words('Әуе кеңістігі жабық.', 'Воздушное пространство закрыто.', 'The airspace is closed.') },
  contact: { link: 'connected', last_heard: '2026-03-01T10:18:00Z', may_be_stale: false, waiting: 0, refused: null },
};

const calm = {
  ...crisis,
  lang: 'kk',
  advisories: [relayed],
  level: { level: 1, country: uae, since: '2026-01-01T04:00:00Z', why: words('', '', '') },
};

const rough = {
  ...crisis,
  lang: 'kk',
  check_in: { status: 'need_help', at: '2026-03-01T10:15:00Z', people: 3, delivery: { state: 'waiting' } },
  trips: [{ ...trip, delivery: { state: 'waiting' } }, { ...trip, id: '22222222-2222-4222-8222-222222222222', phase: 'coming', delivery: { state: 'parked', code: 'field_invalid' } }],
  contact: { link: 'captive_portal', last_heard: '2026-03-01T04:18:00Z', may_be_stale: true, waiting: 2, refused: { reason: 'bad_signature', at: '2026-03-01T10:00:00Z' } },
};

const first = {
  ...crisis,
  lang: 'kk',
  here: { place: words('Астана', 'Астана', 'Astana'), country: 'KZ', country_name: words('Қазақстан', 'Казахстан', 'Kazakhstan'), time_zone: 'Asia/Almaty', airport: null, source: 'home', trip: null },
  advisories: [],
  trips: [],
  lines: [],
  missions: [],
  level: null,
  emergency: [{ service: 'general', number: '112', source: 'libphonenumber', date: '2026-01-10' }],
  contact: { link: 'unreachable', last_heard: null, may_be_stale: false, waiting: 0, refused: null },
};

const bare = {
  ...first,
  lang: 'en',
  ministry: null,
  here: null,
  call: { number: '112', name: words('Жедел нөмір', 'Экстренный номер', 'Emergency number'), hours: allDay, demo: false, kind: 'emergency' },
  contact: { ...first.contact, link: 'idle' },
};

const broken = { ...bare, lang: 'ru', trouble: 'data_is_newer' };

const call = { id: '33333333-3333-4333-8333-333333333333', number: NUMBER, at: now, dialled: true, outcome: 'called', delivery: { state: 'waiting' } };
const called = { ...crisis, lang: 'kk', last_call: call };
const undialled = { ...crisis, lang: 'ru', last_call: { ...call, dialled: false } };

export const views = { crisis, calm, rough, first, bare, broken, called, undialled };

export const places = [
  { kind: 'city', key: 'ae-dubai', name: dubai, country: 'AE', country_name: uae },
  { kind: 'airport', code: 'DXB', name: 'Dubai International Airport', city: dubai, country: 'AE', country_name: uae },
  { kind: 'airport', code: 'DOH', name: 'Hamad International Airport', city: doha, country: 'QA', country_name: qatar },
  { kind: 'country', code: 'AE', name: uae },
];

const topicText = (title, summary, steps) => ({ title, summary, steps, why: summary, whom: summary });
const topic = (id, order, icon, kk, ru, en) => ({
  id, order, icon, reviewed: '2026-02-20', sources: [{ title: 'FCDO: If you are affected by a crisis abroad', url: 'https://www.gov.uk/guidance/how-to-deal-with-a-crisis-overseas' }], kk, ru, en,
});
export const guidance = [
  topic('air-raid', 2, 'siren',
    topicText('Әуе дабылы және зымыран қаупі', 'Дабыл естілсе, бірден паналаңыз: тексеріп, күтіп тұрмаңыз.', ['Арнайы панаға барыңыз.', 'Есікті жауып, терезеден алыс отырыңыз. Лифтіге мінбеңіз.']),
    topicText('Воздушная тревога', 'Услышали сирену — сразу в укрытие.', ['Идите в укрытие.', 'Закройте дверь, сядьте подальше от окон.']),
    topicText('Air raid and missiles', 'When you hear the siren, take cover at once.', ['Go to the shelter.', 'Shut the door and sit away from windows.'])),
  topic('calm', 1, 'megaphone',
    topicText('Сабыр сақтап, ресми хабарды тыңдаңыз', 'Алдымен жергілікті биліктің айтқанын істеңіз.', ['Тоқтап, айналаңызға қараңыз.', 'Нұсқауды орындаңыз.']),
    topicText('Сохраняйте спокойствие', 'Сначала сделайте то, что говорят власти.', ['Остановитесь и осмотритесь.', 'Выполните указания.']),
    topicText('Stay calm and follow official word', 'First do what the local authorities say.', ['Stop and look around.', 'Follow the instructions.'])),
];

export const draft = {
  origin: 'ALA',
  legs: [
    { kind: 'transit', airport: 'DOH', flight: 'KC 123', arrives: '2026-02-27T15:10', departs: '2026-02-27T18:10', airside: true, onward_ticket: true },
    { kind: 'stay', country: 'AE', city: 'ae-dubai', from: '2026-02-28', until: '2026-03-05', address: 'Creek' },
  ],
  adults: 2, children: 1, phone: NUMBER, next_of_kin: { name: 'Айгүл', phone: NUMBER },
};
