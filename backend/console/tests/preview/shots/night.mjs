import { calmIn, crisisIn, nightIn, rotaIn, sessionIn, sleepersIn, wakingIn } from '../samples.mjs';
import { CALM, CRISIS, desktop, phone, small } from './sizes.mjs';

const leads = (lang) => ({ ...sessionIn(lang), rights: [...sessionIn(lang).rights, 'officers'] });
const answers = (lang, night, more = {}) => ({
  'GET /v1/session': () => leads(lang),
  'GET /v1/board': () => ({ ...crisisIn(lang), night }),
  'GET /v1/rota': () => ({ duties: rotaIn(lang) }),
  'GET /v1/officers': () => ({ officers: sleepersIn(lang) }),
  'GET /v1/events': () => ({ contentType: 'text/event-stream', body: '' }),
  ...more,
});
const room = (name, lang, night, more = {}, given = {}) => ({
  name: `night-${name}-${lang}`,
  lang,
  size: desktop,
  now: CRISIS,
  hash: '#/night',
  ready: '.now',
  full: true,
  answers: answers(lang, night, given),
  ...more,
});
/** The whole of the room, not what its window shows. */
const tall = { size: { width: 1440, height: 1500 } };
const tallPhone = { size: { ...phone, height: 2600 } };
const nothing = (lang) => ({ ...nightIn(lang), on_duty: [], sms_goes: false });
const bare = (lang) => ({
  'GET /v1/session': () => sessionIn(lang),
  'GET /v1/rota': () => ({ duties: [] }),
  'GET /v1/officers': () => ({
    officers: sleepersIn(lang)
      .filter(({ role }) => role !== 'gold')
      .map((one) => ({ ...one, has_number: false })),
  }),
});
const unreached = (lang) => ({
  'GET /v1/officers': () => ({ officers: sleepersIn(lang).map((one) => ({ ...one, has_number: false })) }),
});
const takesNone = { 'POST /v1/rota': () => ({ status: 422, json: { code: 'field_invalid', pointer: '/officer' } }) };
const noNumber = {
  'PUT /v1/officers/1/number': () => ({ status: 422, json: { code: 'field_invalid', pointer: '/number' } }),
};
const refusedTurn = {
  act: async (page) => {
    await page.locator('form select').selectOption({ index: 2 });
    await page.locator('form .filled').click();
    await page.waitForSelector('form .ochre');
  },
};
const wrongTurn = {
  act: async (page) => {
    await page.locator('.when input').nth(1).fill('вечером');
    await page.locator('.when input').nth(2).fill('31.02.2026');
    await page.locator('form .filled').click();
    await page.waitForSelector('form .ochre');
  },
};
const wrongNumber = {
  act: async (page) => {
    await page.locator('section li .button').last().scrollIntoViewIfNeeded();
    await page.locator('section[aria-labelledby=numbers] li .button').first().click();
    await page.locator('section[aria-labelledby=numbers] input').fill('12');
    await page.keyboard.press('Enter');
    await page.waitForSelector('[aria-invalid=true]');
  },
};
const askedTwice = {
  act: async (page) => {
    await page.locator('section[aria-labelledby=rota] li .button').first().click();
    await page.locator('section[aria-labelledby=numbers] li .button').nth(1).click();
  },
};
const board = (name, lang, night, more = {}) => ({
  ...room(name, lang, night),
  hash: '#/',
  ready: '.night',
  full: false,
  ...more,
});
const calm = (name, lang, night, more = {}) =>
  board(name, lang, night, {
    now: CALM,
    answers: answers(lang, night, { 'GET /v1/board': () => ({ ...calmIn(lang), night }) }),
    ...more,
  });

export const night = [
  room('whole', 'ru', nightIn('ru'), tall),
  room('waking', 'kk', wakingIn('kk'), { ...tall, dark: true }),
  room('waking', 'en', wakingIn('en'), { size: small }),
  room('missing', 'ru', nothing('ru'), tall, { ...unreached('ru'), 'GET /v1/rota': () => ({ duties: [] }) }),
  room('missing', 'kk', nothing('kk'), tallPhone, unreached('kk')),
  room('empty', 'en', nothing('en'), {}, bare('en')),
  room('empty-phone', 'ru', nothing('ru'), tallPhone, bare('ru')),
  room('phone', 'ru', wakingIn('ru'), tallPhone),
  room('phone', 'en', wakingIn('en'), { ...tallPhone, dark: true }),
  room('320', 'kk', wakingIn('kk'), { size: { width: 320, height: 2900 } }),
  room('200', 'ru', nightIn('ru'), { ...tall, zoom: true }),
  room('turn-refused', 'ru', nightIn('ru'), { ...tall, ...refusedTurn }, takesNone),
  room('turn-wrong', 'kk', nightIn('kk'), { ...tall, ...wrongTurn }),
  room('turn-wrong-phone', 'en', nightIn('en'), { ...tallPhone, ...wrongTurn }),
  room('number-wrong', 'kk', nightIn('kk'), { ...tall, ...wrongNumber }, noNumber),
  room('asked', 'en', nightIn('en'), { ...tall, ...askedTwice }),
  room('asked-phone', 'kk', nightIn('kk'), { ...tallPhone, ...askedTwice }),
  board('board-waking', 'ru', wakingIn('ru')),
  board('board-waking', 'kk', wakingIn('kk'), { size: small, dark: true }),
  board('board-no-sms', 'en', nothing('en'), { size: small }),
  board('gate-waking', 'ru', wakingIn('ru'), { size: phone }),
  board('gate-waking', 'kk', wakingIn('kk'), { size: { width: 320, height: 700 } }),
  board('gate-no-sms', 'en', nothing('en'), { size: phone, dark: true }),
  calm('board-calm', 'ru', nightIn('ru')),
  calm('board-calm-nobody', 'kk', { ...nightIn('kk'), on_duty: [] }),
];
