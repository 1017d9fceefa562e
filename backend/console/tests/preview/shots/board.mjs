import { calmIn, crisisIn, cutOffIn, emptyIn, exerciseIn, sessionIn } from '../samples.mjs';
import { CALM, CRISIS, desktop, large, phone, small, zoomed } from './sizes.mjs';

/** The first board has only what was there; the rest comes with the next event. */
function desk(lang, board, first = board, at = 'dubai') {
  let asked = 0;
  return {
    'GET /v1/session': () => sessionIn(lang, at),
    'GET /v1/board': () => ((asked += 1) > 1 ? board : first),
    'GET /v1/events': () => ({ status: 200, contentType: 'text/event-stream', body: 'event: changed\ndata: {}\n\n' }),
  };
}
const crisis = (name, lang, size, more = {}) => ({
  name,
  lang,
  size,
  now: CRISIS,
  answers: desk(lang, crisisIn(lang), crisisIn(lang, false), more.at),
  act: (page) => page.waitForSelector('.fresh'),
  ...more,
});
const pressing = (keys, shown) => async (page) => {
  await page.waitForSelector('.fresh');
  for (const key of keys) await page.keyboard.press(key);
  await page.waitForSelector(shown);
};
const calmDesk = (lang, board) => ({
  ...desk(lang, board),
  'GET /v1/session': () => sessionIn(lang, 'dubai', '2026-02-26T15:00:00Z'),
});
const calm = (name, lang, more = {}) => ({
  name,
  lang,
  size: desktop,
  now: CALM,
  answers: calmDesk(lang, calmIn(lang)),
  ...more,
});

export const board = [
  crisis('board-crisis-ru', 'ru', desktop),
  crisis('board-crisis-dark-ru', 'ru', desktop, { dark: true }),
  crisis('board-crisis-kk', 'kk', desktop),
  crisis('board-crisis-en', 'en', desktop),
  crisis('board-1280-ru', 'ru', small),
  crisis('board-1280-kk', 'kk', small),
  crisis('board-1920-ru', 'ru', large),
  crisis('board-zoomed-ru', 'ru', zoomed),
  crisis('board-200-kk', 'kk', desktop, { zoom: true, act: undefined }),
  crisis('board-cut-off-ru', 'ru', desktop, { answers: desk('ru', cutOffIn('ru')) }),
  crisis('board-exercise-ru', 'ru', desktop, { answers: desk('ru', exerciseIn('ru'), crisisIn('ru', false)) }),
  crisis('board-keys-en', 'en', desktop, { act: pressing(['Shift+Slash'], 'dialog') }),
  crisis('board-picked-ru', 'ru', desktop, { act: pressing(['KeyX', 'KeyJ', 'KeyJ', 'Shift+KeyX'], '.picked') }),
  crisis('board-preview-kk', 'kk', desktop, { act: pressing(['Space'], '.preview') }),
  crisis('board-mine-en', 'en', desktop, { act: (page) => page.locator('.tile').last().click() }),
  crisis('board-flood-ru', 'ru', desktop, {
    answers: {
      ...desk('ru', crisisIn('ru'), crisisIn('ru', false)),
      'GET /v1/board/floods/4821': () => ({ cases: crisisIn('ru').upper }),
    },
    act: async (page) => {
      await page.locator('.flood').click();
      await page.waitForSelector('#folded');
    },
  }),
  calm('board-calm-kk', 'kk'),
  calm('board-calm-ru', 'ru'),
  calm('board-calm-en', 'en', { dark: true }),
  calm('board-calm-1280-en', 'en', { size: small }),
  calm('board-empty-ru', 'ru', { answers: calmDesk('ru', emptyIn('ru')) }),
  crisis('gate-ru', 'ru', phone, { at: 'doha' }),
  crisis('gate-dark-kk', 'kk', phone, { at: 'doha', dark: true }),
  crisis('gate-en', 'en', phone, { at: 'doha' }),
  crisis('gate-320-kk', 'kk', { width: 320, height: 700 }, { at: 'doha' }),
];
