// A group of pilgrims in two buses, at a roll: some missing, one in need, one perhaps there twice.
import type { InRoll, Listed, PartyPage, Person } from '../../src/lib/api';

const names = [
  'Айгүл Серікқызы Асқарова',
  'Марат Серікұлы',
  'Нұрсұлтан Әбдіғаппарұлы Мұхаметжанов',
  'Дана Ерланқызы',
  'Ерлан Дәулетұлы',
  'Aigul Askarova',
  'Қажымұқан Ыбырайұлы',
];

const people = names.map((name, index): Person => ({
  number: index + 1,
  name,
  phone: index < 2 ? '+442079460123' : '',
  group: index < 4 ? 'Автобус 1' : 'Автобус 2',
  needs: {},
}));
people[1]!.latin = 'Marat Serikuly';
people[3]!.needs = { medicine: 'Инсулин', medicine_days: 5, wheelchair: true };

const seen = { at: '2026-03-01T09:10:00Z', by: '2-автобус басшысы', own: false };

const called = (number: number, status: InRoll['status'], over: Partial<InRoll> = {}): InRoll => ({
  number,
  status,
  own: false,
  seen: null,
  ...over,
});

export const party: PartyPage = {
  party: { leader: '2-автобус басшысы', people, last: 7, apart: [], leads: null },
  faulty: [
    {
      row: 17,
      person: { number: 0, name: 'Асел Нұрланқызы', phone: '8 701 11', group: 'Автобус 2' },
      text: 'Асел Нұрланқызы · 8 701 11 · Автобус 2',
      fault: { code: 'phone_invalid', field: '/phone' },
    },
    {
      row: 31,
      person: { number: 0, name: '', phone: '+442079460123' },
      text: '+442079460123',
      fault: { code: 'no_name', field: '/name' },
    },
  ],
  travel: 9,
  may_join: true,
  same: [[1, 2]],
  roll: [
    called(2, null, { seen }),
    called(3, null),
    called(5, null, { seen: { ...seen, own: true } }),
    called(4, 'need_help', { own: true, seen: { ...seen, at: '2026-03-01T10:15:00Z' } }),
    called(1, 'safe', { seen: { ...seen, at: '2026-03-01T10:12:00Z' } }),
    called(6, 'safe', { seen: { ...seen, at: '2026-03-01T10:14:00Z' } }),
    called(7, 'safe', { seen: { ...seen, at: '2026-03-01T10:14:00Z' } }),
  ],
  is_called: true,
  roll_begun_at: '2026-03-01T10:10:00Z',
  counted: [
    { status: 'safe', count: 3 },
    { status: 'need_help', count: 1 },
  ],
  missing: [2, 3, 5],
  unseen: 5,
  over: null,
  told: {
    at: '2026-03-01T10:16:00Z',
    people: [
      { status: 'safe', count: 3 },
      { status: 'need_help', count: 1 },
    ],
    help: [4],
    unseen: [2, 3, 5],
    delivery: { state: 'waiting' },
  },
  said_missing: null,
};

/** One who was said by name to need help is marked as here. */
export const over: PartyPage = { ...party, over: { count: 1, numbers: [1] } };

export const nobody: PartyPage = {
  ...party,
  party: { leader: '', people: [], last: 0, apart: [], leads: null },
  faulty: [],
  same: [],
  roll: [],
  roll_begun_at: null,
  counted: [],
  missing: [],
  unseen: 0,
  is_called: false,
  told: null,
  said_missing: null,
};

/** A pilgrims' group of 45 in two buses, two or three a room: the roll is not called yet. */
const FIRST = ['Айгүл', 'Марат', 'Дана', 'Ерлан', 'Сәуле', 'Нұрлан', 'Гүлнар', 'Бауыржан', 'Ләззат'];
const LAST = ['Асқар', 'Серік', 'Дәулет', 'Мұрат', 'Қайрат'];
const pilgrims = LAST.flatMap((last) => FIRST.map((first) => `${first} ${last}ұлы`)).map((name, at): Person => ({
  number: at + 1,
  name,
  group: `Автобус ${at < 23 ? 1 : 2}`,
  room: `Комната ${400 + Math.floor(at / 3)}`,
  needs: {},
}));
const numbers = pilgrims.map(({ number }) => number);
export const group: PartyPage = {
  ...nobody,
  party: { leader: '', people: pilgrims, last: 45, apart: [], leads: null },
  travel: 46,
  roll: numbers.map((number) => called(number, null)),
  missing: numbers,
};

/** The same, six of whom are on the list yet. */
const first = pilgrims.slice(0, 6);
export const few: PartyPage = {
  ...group,
  party: { ...group.party, people: first, last: 6 },
  travel: 45,
  roll: group.roll.slice(0, 6),
  missing: numbers.slice(0, 6),
};

/** The same, told: of who was missing and said so one is found since. */
const NOT_SEEN = [3, 31];
export const reported: PartyPage = {
  ...group,
  is_called: true,
  roll_begun_at: '2026-03-01T10:10:00Z',
  roll: numbers
    .map((number) => called(number, number === 3 ? null : number === 7 ? 'need_help' : 'safe'))
    .sort((one, other) => Number(other.status === null) - Number(one.status === null)),
  missing: [3],
  unseen: 2,
  counted: [
    { status: 'safe', count: 43 },
    { status: 'need_help', count: 1 },
  ],
  told: {
    at: '2026-03-01T10:16:00Z',
    people: [
      { status: 'safe', count: 42 },
      { status: 'need_help', count: 1 },
    ],
    help: [7],
    unseen: NOT_SEEN,
    delivery: { state: 'received', at: '2026-03-01T10:17:00Z' },
  },
  said_missing: {
    numbers: NOT_SEEN,
    at: '2026-03-01T10:17:00Z',
    delivery: { state: 'received', at: '2026-03-01T10:17:00Z' },
  },
};

/** A list of others, with rows to mend. */
const others = ['Әсем', 'Бекзат', 'Гаухар', 'Данияр', 'Еркежан', 'Жанар', 'Зарина'];
export const listed: Listed = {
  people: people.map((person, at) => ({ ...person, name: `${others[at]} Төлегенқызы`, number: 0 })),
  faulty: [{ ...party.faulty[0]!, row: 18, text: 'Әсия Нұрланқызы · 8 701 11' }, party.faulty[1]!],
  ignored: ['Паспорт', 'Дата рождения'],
  sums: ['Барлығы: 45 адам'],
};

/** The list that is there, with other buses. */
export const listedAgain: Listed = { people, faulty: [], ignored: [], sums: [] };

/** More than a trip has room for. */
export const listedMany: Listed = {
  people: Array.from({ length: 1545 }, (_, at): Person => ({ number: 0, name: `Серік Асқар ${at + 1}`, needs: {} })),
  faulty: [],
  ignored: [],
  sums: [],
};

/** All on the list were seen; whoever leads is on none. */
export const alone: PartyPage = {
  ...reported,
  roll: numbers.map((number) => called(number, 'safe')),
  missing: [],
  unseen: 1,
  counted: [{ status: 'safe', count: 45 }],
  told: null,
  said_missing: null,
};
