// A mission in Dubai and its lines.
import type { LineView, MissionView } from '../../src/lib/api';
import { NUMBER, allDay, doha, dubai, qatar, uae, words } from './words';

const officeHours = { words: words('дс–жм 09:00–18:00', 'пн–пт 09:00–18:00', 'Mon–Fri 09:00–18:00'), open: true };

export const mission: MissionView = {
  id: 'mission/ae-dubai',
  kind: 'consulate_general',
  name: words(
    'Қазақстанның Дубайдағы Бас консулдығы',
    'Генконсульство Казахстана в Дубае',
    'Consulate General of Kazakhstan in Dubai',
  ),
  city: dubai,
  country: uae,
  ask: {
    href: 'tel:+442079460123',
    messenger: null,
    hours: officeHours,
    demo: true,
  },
  serves: ['AE'],
  mine: true,
  position: null,
  address: '',
  hours: officeHours,
  site: '',
  sources: [],
  distance_km: 5.7,
};

export const line: LineView = {
  id: 'line/ae-dubai',
  mission: mission.id,
  kind: 'emergency',
  name: words('Дубай, шұғыл желі', 'Дубай, экстренная линия', 'Dubai, emergency line'),
  hours: allDay,
  open: true,
  languages: ['kk', 'ru', 'en', 'ar'],
  number: NUMBER,
  text: { kind: 'sms', number: NUMBER },
  state: 'overloaded',
  demo: true,
  verified_at: '2026-02-28T08:00:00Z',
};

export const office: LineView = {
  ...line,
  id: 'line/ae-dubai-office',
  kind: 'office',
  name: words('Дубай, кеңсе желісі', 'Дубай, линия приёмной', 'Dubai, office line'),
  hours: officeHours.words,
  text: { kind: 'chat', messenger: 'telegram', url: 'https://t.me/saparlas_demo_dubai' },
  state: 'open',
};

export const embassy: MissionView = {
  ...mission,
  id: 'mission/qa',
  kind: 'embassy',
  name: words('Қазақстанның Катардағы елшілігі', 'Посольство Казахстана в Катаре', 'Embassy of Kazakhstan in Qatar'),
  city: doha,
  country: qatar,
  mine: false,
  hours: null,
  distance_km: null,
};
