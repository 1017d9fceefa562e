// A case on its way, and what was written about it.
import type { Lang, MessagesPage, MyCase, ThreadItem, View } from '../../src/lib/api';
import { views } from './views';

const at = (time: string) => `2026-03-01T${time}:00Z`;
const in3 = (kk: string, ru: string, en: string): Record<Lang, string> => ({ kk, ru, en });

const words = in3(
  'Дәрігер сізге 16:00-ге дейін қоңырау шалады. Дәріңіз қанша күнге жететінін жазыңыз.',
  'Врач позвонит вам до 16:00. Напишите, на сколько дней хватит лекарства.',
  'A doctor will call you by 16:00. Write how many days your medicine lasts.',
);
const asks = in3('Сіз 4-шығудың қасында тұрсыз ба?', 'Вы стоите у выхода 4?', 'Are you standing at gate 4?');
const promise = in3('Дәрігер қоңырау шалады', 'Позвонит врач', 'A doctor will call');
const reason = in3(
  'Дәрі 2 күнге ғана жетеді.',
  'Лекарства осталось только на 2 дня.',
  'The medicine lasts for 2 days only.',
);
const answer = in3('Екі күнге жетеді', 'Хватит на два дня', 'It lasts two days');

const cried: MyCase = {
  case: null,
  steps: [
    { step: 'asked', done: true, at: at('10:15') },
    { step: 'received', done: false, at: null },
    { step: 'opened', done: false, at: null },
    { step: 'answered', done: false, at: null },
  ],
  delivery: { state: 'waiting' },
  words: null,
  objection: null,
  closing: null,
  neutral: false,
};

const promised = (lang: Lang): MyCase => ({
  ...cried,
  case: {
    number: 4812,
    kind: 'medical',
    step: 'promised',
    rank: 'hours',
    reason: reason[lang],
    promised: { what: promise[lang], by: at('12:00'), late: false },
    outcome: '',
    language: lang,
    at: at('10:19'),
  },
  steps: [
    { step: 'asked', done: true, at: at('10:15') },
    { step: 'received', done: true, at: at('10:15') },
    { step: 'opened', done: true, at: at('10:17') },
    { step: 'answered', done: true, at: at('10:18') },
    { step: 'promised', done: true, at: at('10:19') },
    { step: 'closed', done: false, at: null },
  ],
  delivery: { state: 'received', at: at('10:15') },
  words: { id: 'b', text: words[lang], language: lang, at: at('10:18') },
});

const thread = (lang: Lang): ThreadItem[] => [
  {
    by: 'ministry',
    id: 'a',
    at: at('10:17'),
    text: '',
    language: lang,
    case: { ...promised(lang).case!, step: 'opened', promised: null },
    asks: [],
    answered: null,
    is_new: false,
  },
  {
    by: 'ministry',
    id: 'b',
    at: at('10:18'),
    text: words[lang],
    language: lang,
    case: null,
    asks: [],
    answered: null,
    is_new: false,
  },
  {
    by: 'traveller',
    id: 'c',
    at: at('10:19'),
    text: answer[lang],
    quick: null,
    objection: false,
    closes: false,
    delivery: { state: 'waiting' },
  },
  {
    by: 'ministry',
    id: 'd',
    at: at('10:20'),
    text: asks[lang],
    language: lang,
    case: null,
    asks: ['yes', 'no', 'call_me'],
    answered: null,
    is_new: true,
  },
];

const need = (lang: Lang): View => ({ ...views.calm, lang, advisories: [], check_in: views.rough.check_in });

/** By the name of the picture. */
export const caseViews: Record<string, View> = Object.fromEntries(
  (['kk', 'ru', 'en'] as const).flatMap((lang): [string, View][] => [
    [`case_stuck_${lang}`, { ...views.strandedAhead, lang, check_in: views.rough.check_in, my_case: cried }],
    [`case_warned_${lang}`, { ...views.crisis, lang, check_in: views.rough.check_in, my_case: cried }],
    [`case_cried_${lang}`, { ...need(lang), my_case: cried }],
    [
      `case_sms_${lang}`,
      { ...need(lang), my_case: cried, contact: { ...views.calm.contact, link: 'unreachable' as const, waiting: 1 } },
    ],
    [
      `case_promised_${lang}`,
      { ...need(lang), check_in: { ...views.rough.check_in!, told_more: true }, my_case: promised(lang), unread: 1 },
    ],
    [`case_neutral_${lang}`, { ...need(lang), my_case: { ...promised(lang), words: null, neutral: true }, unread: 1 }],
    [
      `case_offline_${lang}`,
      { ...need(lang), my_case: null, contact: { ...views.calm.contact, link: 'unreachable' as const } },
    ],
  ]),
);

export const threads: Record<Lang, MessagesPage> = {
  kk: { thread: thread('kk'), case: promised('kk') },
  ru: { thread: thread('ru'), case: promised('ru') },
  en: { thread: thread('en'), case: promised('en') },
};
