// The traveller's case on the first screen, and the messages.
import { caseEnds, needEnds, sayMuch, stuckFirst, told } from '../acts.mjs';
import { narrow, phone } from './sizes.mjs';

const looks = [
  { lang: 'kk', size: phone },
  { lang: 'ru', size: phone, dark: true },
  { lang: 'en', size: narrow },
  { lang: 'kk', size: narrow, zoom: true },
];
const look = ({ lang, size, dark, zoom }) =>
  `${lang}${size === narrow ? '-narrow' : ''}${dark ? '-dark' : ''}${zoom ? '-200' : ''}`;

export const cases = looks.flatMap((one) => [
  { ...one, name: `need-${look(one)}`, view: `case_cried_${one.lang}`, hash: '#/need', act: sayMuch, full: true },
  ...['', '/2', '/4'].map((of) => ({
    ...one,
    name: `need-each${of.replace('/', '-')}-${look(one)}`,
    view: `case_promised_${one.lang}`,
    ofEach: true,
    hash: `#/need${of}`,
    full: true,
  })),
  { ...one, name: `case-each-${look(one)}`, view: `case_promised_${one.lang}`, ofEach: true, full: true },
  ...['cried', 'promised', 'neutral'].map((state) => ({
    ...one,
    name: `case-${state}-${look(one)}`,
    view: `case_${state}_${one.lang}`,
    ...(state === 'promised' ? { act: told('case-needs', '[data-testid=my-case]') } : {}),
    full: true,
  })),
  { ...one, name: `lands-ended-${look(one)}`, view: `case_promised_${one.lang}`, act: needEnds },
  { ...one, name: `sms-case-${look(one)}`, view: `case_sms_${one.lang}`, full: true },
  { ...one, name: `sms-screen-${look(one)}`, view: `case_sms_${one.lang}`, hash: '#/sms' },
  { ...one, name: `sms-full-${look(one)}`, view: `case_sms_${one.lang}`, hash: '#/sms', full: true },
  {
    ...one,
    name: `now-stuck-cried-${look(one)}`,
    view: `case_stuck_${one.lang}`,
    act: stuckFirst,
    full: true,
  },
  ...(one.size === phone
    ? ['stuck', 'cried', 'promised', 'warned'].map((state) => ({
        ...one,
        name: `case-ends-${state}-${look(one)}`,
        view: `case_${state}_${one.lang}`,
        act: caseEnds(state === 'warned' ? 'advisory-lead' : 'my-case'),
      }))
    : []),
  { ...one, name: `messages-${look(one)}`, view: `case_promised_${one.lang}`, hash: '#/messages', full: true },
  {
    ...one,
    name: `messages-empty-${look(one)}`,
    view: `case_offline_${one.lang}`,
    hash: '#/messages',
    thread: 'none',
    full: true,
  },
]);
