import { countIn, courseIn, crisisIn, sessionIn } from '../samples.mjs';
import { CRISIS, desktop, phone, small } from './sizes.mjs';

const line = (number, time, account, deed, more = {}) => ({
  line: number,
  what: { at: `2026-03-01T00:${time}Z`, account, deed, ...more },
});
const LINES = [
  line(41, '16:40', 'Сауле Б.', 'opened', { case: 4811 }),
  line(40, '15:02', 'Асхат Ж.', 'wrote', { case: 4779 }),
  line(39, '10:00', 'Сауле Б.', 'officer_added', { officer: 'Тимур А.' }),
];
const INCIDENT = {
  number: 1,
  open: true,
  lines: [
    {
      at: '2026-02-28T04:00:00Z',
      what: 'opened',
      officer: { id: 1, name: 'Ахметов', role: 'gold' },
      text: 'Шығанақ',
      reason: 'Әуе кеңістігі жабық',
    },
    {
      at: '2026-02-28T19:20:00Z',
      what: 'decided',
      officer: { id: 1, name: 'Ахметов', role: 'gold' },
      text: 'Доха мен Дубайдан алдымен балалы отбасылар шығады',
      reason: 'Транзит аймағында 163 адам, 41 бала',
    },
    {
      at: '2026-03-01T00:05:00Z',
      what: 'noted',
      officer: { id: 2, name: 'Сауле Б.', role: 'silver' },
      text: 'Өкілдік 05:02-де сұралды',
    },
  ],
};
const room = (name, lang, hash, more = {}) => ({
  name: `${name}-${lang}`,
  lang,
  size: desktop,
  now: CRISIS,
  hash,
  answers: {
    'GET /v1/session': () => ({ ...sessionIn(lang), rights: [...sessionIn(lang).rights, 'audit', 'decide'] }),
    'GET /v1/board': () => crisisIn(lang),
    'GET /v1/headcount': () => countIn(),
    'GET /v1/headcount/course': () => courseIn(),
    'GET /v1/incidents': () => ({ incidents: [INCIDENT] }),
    'GET /v1/audit': () => ({ lines: LINES, whole: true }),
    'GET /v1/events': () => ({ contentType: 'text/event-stream', body: '' }),
  },
  ...more,
});
const counted = { act: (page) => page.waitForSelector('figure svg') };

export const rooms = [
  room('count', 'ru', '#/headcount', counted),
  room('count-harm', 'kk', '#/headcount', {
    act: async (page) => {
      await counted.act(page);
      await page.locator('.harms button').click();
    },
  }),
  room('count-dark', 'kk', '#/headcount', { ...counted, dark: true }),
  room('count-1280', 'en', '#/headcount', { ...counted, size: small }),
  room('count-phone', 'ru', '#/headcount', { ...counted, size: phone }),
  room('table', 'ru', '#/headcount/table', { size: { width: 794, height: 1123 }, print: true, pdf: true }),
  room('log', 'en', '#/log', { act: (page) => page.waitForSelector('tbody') }),
  room('log-decides', 'kk', '#/log', {
    act: async (page) => {
      await page.waitForSelector('article');
      await page.locator('.incidents .filled').click();
    },
  }),
  room('log-phone', 'ru', '#/log', { size: phone, act: (page) => page.waitForSelector('article') }),
  room('soon', 'kk', '#/publish'),
];
