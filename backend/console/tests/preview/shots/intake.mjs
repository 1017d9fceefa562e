import {
  callIn,
  candidatesIn,
  caseIn,
  crisisIn,
  draftIn,
  mailingsIn,
  officersIn,
  sessionIn,
  staffIn,
} from '../samples.mjs';
import { CRISIS, desktop, phone, small } from './sizes.mjs';

const answers = (lang, more = {}) => ({
  'GET /v1/session': () => ({ ...sessionIn(lang), rights: [...sessionIn(lang).rights, 'officers'] }),
  'GET /v1/board': () => crisisIn(lang),
  'GET /v1/events': () => ({ contentType: 'text/event-stream', body: '' }),
  'GET /v1/drafts': () => ({ drafts: [draftIn(lang)] }),
  'POST /v1/search': () => candidatesIn(lang),
  ...more,
});
const room = (name, lang, hash, more = {}, given = {}) => ({
  name: `${name}-${lang}`,
  lang,
  size: desktop,
  now: CRISIS,
  hash,
  answers: answers(lang, given),
  ...more,
});
const found = { act: (page) => page.waitForSelector('.card', { timeout: 5000 }) };
const taker = (lang) => ({
  'GET /v1/session': () => ({
    ...sessionIn(lang),
    officer: { ...officersIn(lang).madina, role: 'call_taker' },
    rights: ['own_case'],
  }),
  'POST /v1/look-up': () => ({ probable: true, case: 4812 }),
});
const asks = {
  act: async (page) => {
    await page.locator('aside .button').click();
    await page.waitForSelector('.answer');
  },
};
const reaches = {
  'GET /v1/messages': () => ({ mailings: mailingsIn('ru') }),
  'POST /v1/messages/receivers': () => ({
    receivers: 2310,
    kk: 1400,
    ru: 880,
    en: 30,
    quiet: 4,
    left_out: 2,
    second: true,
  }),
};
const writes = {
  act: async (page) => {
    await page.locator('input[list]').fill('ОАЭ');
    await page.locator('textarea').nth(0).fill('Дубай әуежайына бармаңыз: рейстер жоқ. Қонақүйде болыңыз.');
    await page.locator('.reach .button').click();
    await page.waitForSelector('.count');
  },
};
/** What waits for a second officer. */
const waits = { act: (page) => page.locator('li .button').last().scrollIntoViewIfNeeded() };
const ties = {
  act: async (page) => {
    await page.locator('.card .button').nth(1).click();
    await page.waitForSelector('.card.chosen');
  },
};
const staffed = { 'GET /v1/officers': () => ({ officers: staffIn('ru') }) };
const welcomes = {
  act: async (page) => {
    await page.locator('.add input[type=text]').fill('Тимур А.');
    await page.locator('.add .filled').click();
    await page.waitForSelector('.link');
  },
};
const link = 'https://desk.example.kz/#enrol=pGf0cW0m7Y1hC2uT9fC0nQ3S6dK8xE5rB7aV4zL1oIs';
/** A call about the family that is joined to its case. */
const joined = (lang) => {
  const whole = caseIn(lang);
  const { people: _people, party: _party, ...bare } = caseIn(lang);
  const call = { ...callIn(lang), number: '+44 20 7946 0187' };
  return {
    ...whole,
    row: { ...whole.row, joined: [4822] },
    sign: { asked_at: '2026-03-01T00:20:00Z', answer: 'yes', answered_at: '2026-03-01T00:23:00Z' },
    joined: [
      {
        ...bare,
        row: { ...whole.row, number: 4822, joined_to: whole.row.number, has_phone: false },
        people: [],
        words: [],
        trips: [],
        messages: [],
        promises: [],
        line: [{ at: '2026-03-01T00:18:00Z', what: 'taken_down', officer: officersIn(lang).madina }],
        call,
      },
    ],
  };
};
const case4811 = (lang) => ({
  'GET /v1/cases/4811': () => joined(lang),
  'GET /v1/cases/4811/alike': () => candidatesIn(lang),
});

export const intake = [
  room('call', 'ru', '#/call', found),
  room('call-tied', 'ru', '#/call', ties),
  room('call', 'kk', '#/call', { ...found, dark: true }),
  room('call-1280', 'en', '#/call', { ...found, size: small }),
  room('call-phone', 'kk', '#/call', { ...found, size: phone, full: true }),
  room('call-taker', 'ru', '#/', asks, taker('ru')),
  room('call-taker', 'kk', '#/', asks, taker('kk')),
  room('call-empty', 'en', '#/call', {}, { 'GET /v1/drafts': () => ({ drafts: [] }) }),
  room(
    'call-done',
    'ru',
    '#/call',
    {
      act: async (page) => {
        await page.keyboard.press('Control+Enter');
        await page.waitForSelector('.reference');
      },
    },
    { 'POST /v1/cases': () => ({ number: 4822 }) },
  ),
  room('letters', 'ru', '#/letters', writes, reaches),
  room('letters-dark', 'kk', '#/letters', { dark: true, ...waits }, reaches),
  room('letters-phone', 'en', '#/letters', { size: phone, ...waits }, reaches),
  room('staff', 'ru', '#/staff', welcomes, {
    ...staffed,
    'POST /v1/officers': () => ({ officer: { id: 9, name: 'Тимур А.', role: 'call_taker' }, link }),
    'GET /v1/session': () => ({
      ...sessionIn('ru'),
      officer: { ...officersIn('ru').saule, role: 'gold' },
      rights: [...sessionIn('ru').rights, 'officers'],
      makes: ['gold', 'silver', 'bronze', 'call_taker', 'publisher', 'approver', 'key_keeper', 'auditor'],
    }),
  }),
  room('staff', 'kk', '#/staff', { size: small }, staffed),
  room('people', 'kk', '#/people', {
    act: async (page) => {
      await page.locator('input.field').fill('Жүнісов');
      await page.waitForSelector('.card');
    },
  }),
  room('joined', 'ru', '#/case/4811', {}, case4811('ru')),
  room('joined', 'kk', '#/case/4811', { size: small }, case4811('kk')),
  room(
    'drafts',
    'ru',
    '#/',
    { ready: '.foot .version' },
    {
      'GET /v1/board': () => ({
        ...crisisIn('ru'),
        drafts: [
          { ...draftIn('ru'), officer: officersIn('ru').madina, intake: undefined },
          {
            ...draftIn('ru'),
            id: 'x',
            officer: officersIn('ru').erlan,
            writing: false,
            changed_at: '2026-03-01T00:02:00Z',
          },
        ],
        many_look_ups: [{ officer: officersIn('ru').erlan, count: 23 }],
      }),
    },
  ),
];
