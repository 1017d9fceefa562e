// What left this phone, and what it is under.
import type { LeftPage, PrivacyPage } from '../../src/lib/api';
import { qatar, uae, words } from './words';

const host = 'front.mfa.example';

export const left: LeftPage = {
  host,
  fetched_at: '2026-03-01T06:10:00Z',
  sent: [
    {
      id: '33333333-3333-4333-8333-333333333333',
      version: 1,
      at: '2026-03-01T06:13:00Z',
      taken_at: null,
      host: '+442079460990',
      what: { kind: 'sms', people: [{ status: 'safe', count: 3 }], needs: [], number: '+442079460990' },
      body: 'AQ'.padEnd(160, 'x'),
      sealed: null,
      cities: {},
    },
    {
      id: 'advisory/ae-airspace@1',
      version: 1,
      at: '2026-03-01T06:14:00Z',
      taken_at: '2026-03-01T06:14:00Z',
      host,
      what: {
        kind: 'receipt',
        entry: 'advisory/ae-airspace',
        headline: 'Оставайтесь в здании',
        shown_at: '2026-03-01T06:08:00Z',
        read_at: '2026-03-01T06:09:00Z',
      },
      body: '{"entry":"advisory/ae-airspace","version":1}',
      sealed: null,
      cities: {},
    },
    {
      id: '33333333-3333-4333-8333-333333333333',
      version: 1,
      at: '2026-03-01T06:12:00Z',
      taken_at: null,
      host,
      what: {
        kind: 'check_in',
        people: [{ status: 'safe', count: 3 }],
        place: { country: uae, airport: null },
        sealed: {
          consent: { text: 'registering', version: 1, language: 'ru', at: '2026-03-01T12:00:00Z', by: 'traveller' },
          by: 'traveller',
          needs: ['medical'],
          medicine_days: 1,
          words: 'Инсулин на два дня',
          write_only: true,
          place: { words: 'Зал B, выход B7', source: 'own_word', at: '2026-03-01T12:00:00Z' },
        },
      },
      body: '{"version":1,"people":{"safe":3},"country":"AE","at":"2026-03-01T06:12:00Z"}',
      sealed: null,
      cities: {},
    },
    {
      id: '11111111-1111-4111-8111-111111111111',
      version: 2,
      at: '2026-03-01T05:40:00Z',
      taken_at: '2026-03-01T05:41:00Z',
      host,
      what: {
        kind: 'trip',
        people: 3,
        legs: [
          { place: { country: qatar, airport: 'DOH' }, from: '2026-02-27T15:10', until: '2026-02-27T18:10' },
          { place: { country: uae, airport: null }, from: '2026-02-28', until: null },
        ],
      },
      body: `{"version":2,"people":3,"legs":[{"country":"QA","airport":"DOH"}],"sealed":{"key_id":"consular-1","ciphertext":"${'AbC9_x'.repeat(60)}"}}`,
      sealed: {
        consent: { text: 'registering', version: 1, language: 'ru', at: '2026-02-20T06:00:00Z', by: 'traveller' },
        consent_of_kin: { text: 'next_of_kin', version: 3, language: 'kk', at: '2026-02-21T06:00:00Z', by: 'proxy' },
        of: '55555555-5555-4555-8555-555555555555',
        adults: 2,
        children: 1,
        phone: '+77011112233',
        next_of_kin: { name: 'Сәуле', phone: '+77022223344' },
        for_relatives: { call_if_silent: true, say_safe: true, say_where: false, say_health: false },
        others_told: true,
        needs: { medicine: 'Инсулин', medicine_days: 5 },
        people: [
          { number: 1, name: 'Айгүл Серікқызы', phone: '+77011112233' },
          { number: 2, name: 'Марат Серікұлы', group: 'Бөлме 1204', needs: { wheelchair: true } },
        ],
        language: 'en',
        legs: [
          {
            kind: 'transit',
            flight: 'KC 123',
            airside: true,
            onward_ticket: false,
            arrives_at: 'T1',
            may_enter: false,
          },
          {
            kind: 'stay',
            city: 'ae-dubai',
            address: 'Creek 5',
            arrives_by: 'ship',
            arrives_at: 'Port Rashid',
            visa_until: '2026-03-20',
          },
        ],
      },
      cities: { 'ae-dubai': words('Дубай', 'Дубай', 'Dubai') },
    },
    {
      id: '44444444-4444-4444-8444-444444444444',
      version: 1,
      at: '2026-03-01T05:39:00Z',
      taken_at: '2026-03-01T05:39:00Z',
      host,
      what: { kind: 'device' },
      body: '{"version":1,"token_hash":"d2c6","public_key":"BwcH"}',
      sealed: null,
      cities: {},
    },
  ],
  erased: null,
  left_behind: [],
};

/** Of a phone that was another device before. */
export const leftBehind: LeftPage = {
  ...left,
  left_behind: [
    {
      at: '2026-02-25T05:10:00Z',
      device: '66666666-6666-4666-8666-666666666666',
      deletions: 2,
      responsible: words(
        'Сыртқы істер министрлігі, Консулдық қызмет департаменті.',
        'Министерство иностранных дел, Департамент консульской службы.',
        'Ministry of Foreign Affairs, Consular Service Department.',
      ),
    },
  ],
};

export const erased: LeftPage = {
  ...left,
  sent: [],
  erased: {
    at: '2026-03-01T05:10:00Z',
    waits: false,
    gone_at: '2026-03-01T05:12:00Z',
    backups_until: '2026-03-31T05:12:00Z',
  },
};

export const erasedHere: LeftPage = {
  ...erased,
  erased: { ...erased.erased!, waits: true, gone_at: null, backups_until: null },
};

export const privacy: PrivacyPage = {
  aside: [{ name: '20260228T171500Z-1', at: '2026-02-28T17:15:00Z', bytes: 311_408 }],
  country: words('Қазақстан', 'Казахстан', 'Kazakhstan'),
  responsible: words(
    'Сыртқы істер министрлігі, Консулдық қызмет департаменті.',
    'Министерство иностранных дел, Департамент консульской службы.',
    'Ministry of Foreign Affairs, Consular Service Department.',
  ),
  retention: { trip: 30, check_in: 30, case: 1095, message: 1095, sms: 30, call: 90, audit: 1825, backup: 30 },
  breach: words(
    'Мәлімет бөтен қолға түссе, адамдар қолданба арқылы бірден хабардар етіледі.',
    'Если данные попали в чужие руки, люди извещаются сразу через приложение.',
    'If data gets into other hands, people are told at once through the app.',
  ),
  consent: {
    name: 'registering',
    version: 1,
    agreed: null,
    text: words(
      'Сапарымды тіркеуге келісемін. Министрлік ел, әуежай, күн мен адам санын көреді.',
      'Я согласен зарегистрировать поездку. Министерство видит страну, аэропорт, даты и число людей.',
      'I agree to register my trip. The ministry sees the country, airport, dates and number of people.',
    ),
  },
  consent_of_kin: {
    name: 'next_of_kin',
    version: 1,
    agreed: null,
    text: words(
      'Қажет болса, министрлік мен көрсеткен жақыныма хабарласа алады. Ол адам бұған келіскен.',
      'При необходимости министерство может связаться с указанным мной близким. Этот человек согласен.',
      'If need be, the ministry may contact the person I named. That person has agreed.',
    ),
  },
  host,
  fingerprint: 'b5d4 045c 3f46 6fa9 1fe2 cc6a be79 232a 1a57 cdf1 04f7 a26e 716e 0a1e 2789 df78',
};
