import { crisisIn, sessionIn } from '../samples.mjs';
import { CRISIS, desktop, phone } from './sizes.mjs';

const nobody = { 'GET /v1/session': () => ({ status: 401, json: { code: 'unauthorized' } }) };
const door = (name, lang, more = {}) => ({
  name: `sign-in-${name}`,
  lang,
  size: desktop,
  now: CRISIS,
  answers: nobody,
  ...more,
});

/** The session ends between two questions. */
function ending(lang) {
  let asked = 0;
  return {
    'GET /v1/session': () => sessionIn(lang),
    'GET /v1/board': () => ((asked += 1) > 1 ? { status: 401, json: { code: 'unauthorized' } } : crisisIn(lang)),
    'GET /v1/events': () => ({ contentType: 'text/event-stream', body: 'event: changed\ndata: {}\n\n' }),
  };
}

export const signIn = [
  door('ru', 'ru-RU'),
  door('dark-kk', 'kk-KZ', { dark: true }),
  door('phone-en', 'en-GB', { size: phone }),
  door('ended-ru', 'ru-RU', { answers: ending('ru'), act: (page) => page.waitForSelector('form') }),
  door('link-kk', 'kk-KZ', {
    hash: '#enrol=abc-123',
    answers: {
      ...nobody,
      'POST /v1/enrolment/options': () => ({
        officer: { name: 'Дана Т.', role: 'silver' },
        options: { publicKey: {} },
      }),
    },
  }),
  door('link-over-en', 'en-GB', {
    hash: '#enrol=abc-123',
    answers: { ...nobody, 'POST /v1/enrolment/options': () => ({ status: 404, json: { code: 'not_found' } }) },
    act: (page) => page.waitForSelector('[role=alert]'),
  }),
];
