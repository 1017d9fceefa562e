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
  party: { leader: '2-автобус басшысы', people, last: 7, apart: [] },
  faulty: [
    {
      row: 17,
      person: { number: 0, name: 'Асел Нұрланқызы', phone: '8 701 11', group: 'Автобус 2' },
      text: 'Асел Нұрланқызы; 8 701 11; Автобус 2',
      fault: { code: 'phone_invalid', field: '/phone' },
    },
    {
      row: 31,
      person: { number: 0, name: '', phone: '+442079460123' },
      text: '31; +442079460123',
      fault: { code: 'no_name', field: '/name' },
    },
  ],
  travel: 9,
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
  roll_begun_at: '2026-03-01T10:10:00Z',
  counted: [
    { status: 'safe', count: 3 },
    { status: 'need_help', count: 1 },
  ],
  missing: 3,
  told: {
    at: '2026-03-01T10:16:00Z',
    people: [
      { status: 'safe', count: 3 },
      { status: 'need_help', count: 1 },
    ],
    delivery: { state: 'waiting' },
  },
};

export const nobody: PartyPage = {
  ...party,
  party: { leader: '', people: [], last: 0, apart: [] },
  faulty: [],
  same: [],
  roll: [],
  roll_begun_at: null,
  counted: [],
  missing: 0,
  told: null,
};

export const listed: Listed = { people, faulty: party.faulty, ignored: ['Паспорт', 'Дата рождения'] };
