import { caseIn, closedIn, crisisIn, officersIn, quietIn, sessionIn, smsIn } from '../samples.mjs';
import { desktop, large, phone, small, zoomed } from './sizes.mjs';

const NOW = '2026-03-01T00:24:02Z';
const at = (board) => ({ ...board, list: { number: 4815, at: NOW }, front: { heard_at: '2026-03-01T00:23:58Z' } });
const one = (name, lang, more = {}, given = caseIn(lang)) => ({
  name: `case-${name}-${lang}`,
  lang,
  size: desktop,
  now: NOW,
  hash: '#/case/4811',
  answers: {
    'GET /v1/session': () => sessionIn(lang),
    'GET /v1/board': () => at(crisisIn(lang)),
    'GET /v1/cases/4811': () => given,
    'GET /v1/cases/4811/alike': () => ({ candidates: [], more: 0 }),
    'GET /v1/officers': () => ({ officers: Object.values(officersIn(lang)) }),
    'GET /v1/events': () => ({ contentType: 'text/event-stream', body: '' }),
  },
  ready: 'main h1',
  ...more,
});

async function promise(page) {
  await page.locator('.chip').nth(1).click();
  await page.waitForSelector('.slot');
}
const press = (key, shown) => async (page) => {
  await page.keyboard.press(key);
  await page.waitForSelector(shown);
};

export const cases = [
  one('promise', 'ru', { act: promise }),
  one('promise-dark', 'ru', { act: promise, dark: true }),
  one('plain', 'kk'),
  one('plain', 'en'),
  one('1280', 'kk', { size: small }),
  one('1920', 'ru', { size: large }),
  one('phone', 'ru', { size: phone, full: false }),
  one('zoomed', 'en', { size: zoomed }),
  one('quiet', 'ru', {}, quietIn('ru')),
  one('sms', 'kk', {}, smsIn('kk')),
  one('sms', 'en', {}, smsIn('en')),
  one('quiet-call', 'kk', { act: press('KeyC', '.form') }, quietIn('kk')),
  one('call', 'en', { act: press('KeyC', '.form') }),
  one('step', 'ru', { act: press('KeyS', '.form') }),
  one('hand-over', 'ru', { act: press('KeyH', '.form .button') }),
  one('close', 'ru', { act: press('Control+Shift+Enter', '.form') }),
  one('closed', 'ru', {}, closedIn('ru')),
];
