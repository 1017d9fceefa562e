// What is said of a text of which only a part is the ministry's.
import type { Answer, Passage, Said } from '../../src/lib/api';
import { qatar } from './words';

export const passage = (text: string, over: Partial<Passage> = {}): Passage => ({
  text,
  false_letters: '',
  said: null,
  also: [],
  is_its_own: false,
  is_emergency: false,
  is_around: false,
  is_asked: false,
  sent_on: null,
  times: 1,
  is_contact: false,
  whole: null,
  is_unknown_page: false,
  numbers: [],
  links: [],
  ...over,
});

export const answer = (over: Partial<Answer> = {}): Answer => ({
  verdict: 'no_such_word',
  emergency: [],
  not_all_of: null,
  is_other_order: false,
  is_fresh: true,
  heard: '2026-03-01T10:08:00Z',
  passages: [],
  ...over,
});

export const said: Said = {
  page: { kind: 'advisory', id: 'advisory/ae-airspace' },
  about: [{ kk: 'Біріккен Араб Әмірліктері', ru: 'ОАЭ', en: 'United Arab Emirates' }],
  issued_at: '2026-03-01T10:08:00Z',
  holds: { state: 'in_force', at: '2026-03-01T16:00:00Z' },
  relayed: null,
};

/** Of nobody that is known. */
export const none = { name: null, dial: null, is_on_its_site: false, is_cited: false, false_letters: '' };

const line = {
  ...none,
  shown: '+44 20 7946 0100',
  dial: '+442079460100',
  name: { kk: 'Тәулік бойғы желі', ru: 'Круглосуточная линия', en: '24-hour line' },
};

/** What is asked, by what was typed. */
export const checked: Record<string, Answer> = {
  '…': answer({
    verdict: 'part',
    passages: [
      passage('Срочно! МИД отправляет рейс Дубай — Астана 3 марта.'),
      passage('Оставайтесь в здании.', { said, is_its_own: true }),
      passage('Чтобы попасть в список, переведите 150 000 ₸ и позвоните: +44 7700 900123, saparlas-kz.com/pay', {
        numbers: [{ ...none, shown: '+44 7700 900123' }],
        links: [{ ...none, shown: 'saparlas-kz.com' }],
      }),
    ],
  }),
  // as a messenger copies it, with the ministry's own number and link behind it
  sender: answer({
    verdict: 'part',
    passages: [
      passage('[29.11.2026, 21:40] Мама:'),
      passage('Оставайтесь в здании.', {
        said,
        also: [
          { kk: 'Катар', ru: 'Катар', en: 'Qatar' },
          { kk: 'Бахрейн', ru: 'Бахрейн', en: 'Bahrain' },
        ],
        is_its_own: true,
      }),
      passage('Консульство: +44 20 7946 0100', { numbers: [line] }),
    ],
  }),
  around: answer({
    verdict: 'around',
    passages: [
      passage('Forwarded from Мама', { is_around: true }),
      passage('Оставайтесь в здании.', { said, is_its_own: true }),
    ],
  }),
  'sent-on': answer({
    verdict: 'around',
    not_all_of: said.page,
    passages: [
      passage('[12:03, 28/11] +7 701 555 12 12:', {
        is_around: true,
        sent_on: { by: '+7 701 555 12 12', number: { ...none, shown: '+7 701 555 12 12' } },
      }),
      passage('Оставайтесь в здании.', { said, is_its_own: true }),
    ],
  }),
  number: answer({
    passages: [passage('+44 7700 900123', { is_contact: true, numbers: [{ ...none, shown: '+44 7700 900123' }] })],
  }),
  'look-alike': answer({
    passages: [
      passage('https://www.gоv.kz/pay', {
        is_contact: true,
        links: [{ ...none, shown: 'www.xn--gv-nmc.kz', false_letters: 'о' }],
      }),
    ],
  }),
  'long-host': answer({
    passages: [
      passage('https://www.mfa.gov.kz.help-evac.com/pay', {
        is_contact: true,
        links: [{ ...none, shown: 'www.mfa.gov.kz.help-evac.com' }],
      }),
    ],
  }),
  question: answer({ verdict: 'question', passages: [passage('Есть ли рейс домой?')] }),
  turned: answer({
    passages: [
      passage('Не оставайтесь в здании.', {
        whole: { words: 'Оставайтесь в здании.', said, is_other_figure: false, is_repointed: false, tells: null },
      }),
      passage('Завтра рейс из Дубая.'),
    ],
  }),
  yes: answer({ verdict: 'word_for_word', passages: [passage('Оставайтесь в здании.', { said, is_its_own: true })] }),
  old: answer({
    verdict: 'cannot_know',
    is_fresh: false,
    heard: '2026-02-26T10:08:00Z',
    passages: [
      passage('Оставайтесь в здании.', { said, is_its_own: true }),
      passage('Завтра в 9:00 рейс из Дубая: +44 7700 900123', { numbers: [{ ...none, shown: '+44 7700 900123' }] }),
    ],
  }),
  '999': answer({ verdict: 'emergency_numbers', emergency: [{ number: '999', answers: 'here', country: null }] }),
  '998': answer({
    verdict: 'emergency_numbers',
    emergency: [{ number: '998', answers: 'there', country: qatar }],
  }),
  '112': answer({ verdict: 'emergency_numbers', emergency: [{ number: '112', answers: 'any_mobile', country: null }] }),
  '103': answer({ verdict: 'emergency_numbers', emergency: [{ number: '103', answers: 'elsewhere', country: null }] }),
  line: answer({
    verdict: 'own_contacts',
    passages: [
      passage('+44 20 7946 0100', {
        is_its_own: true,
        numbers: [line],
      }),
    ],
  }),
  'app-text': answer({ verdict: 'app_text' }),
  'gov.kz': answer({
    verdict: 'page_unknown',
    passages: [
      passage('https://gov.kz/memleket/entities/mfa', {
        is_unknown_page: true,
        links: [{ ...none, shown: 'gov.kz', is_on_its_site: true }],
      }),
    ],
  }),
};
