// Trips, the form and what is imported.
import { bring, dropTwo, faults, leaveOut, takeOver, typePlace } from '../acts.mjs';
import { narrow, phone, wide } from './sizes.mjs';

const trip = '#/trips/11111111-1111-4111-8111-111111111111';

export const trips = [
  { name: 'trips-kk', view: 'rough', size: phone, hash: '#/trips' },
  { name: 'trip-kk', view: 'crisis', lang: 'kk', size: phone, hash: trip, full: true },
  { name: 'trip-wide-en', view: 'crisis', lang: 'en', size: wide, hash: trip },
  { name: 'form-kk', view: 'crisis', lang: 'kk', size: phone, hash: `${trip}/edit`, full: true },
  {
    name: 'form-kk-narrow-200',
    view: 'crisis',
    lang: 'kk',
    size: narrow,
    zoom: true,
    hash: `${trip}/edit`,
    full: true,
  },
  {
    name: 'form-faults-ru-dark',
    view: 'crisis',
    size: phone,
    dark: true,
    hash: '#/trips/new',
    act: faults,
    full: true,
  },
  { name: 'form-places-kk', view: 'crisis', lang: 'kk', size: phone, hash: '#/trips/new', act: typePlace },
  { name: 'form-wide-ru', view: 'crisis', size: wide, hash: `${trip}/edit` },
  { name: 'import-kk', view: 'crisis', lang: 'kk', size: phone, hash: '#/import' },
  { name: 'import-refused-ru', view: 'crisis', size: phone, hash: '#/import', act: bring('x') },
  { name: 'import-two-dropped-en', view: 'crisis', lang: 'en', size: phone, hash: '#/now', act: dropTwo },
  { name: 'import-found-ru', view: 'crisis', size: phone, hash: '#/import', act: bring('M1'), full: true },
  {
    name: 'import-found-kk-dark',
    view: 'crisis',
    lang: 'kk',
    size: phone,
    dark: true,
    hash: '#/import',
    act: leaveOut,
    full: true,
  },
  {
    name: 'import-found-kk-narrow-200',
    view: 'crisis',
    lang: 'kk',
    size: narrow,
    zoom: true,
    hash: '#/import',
    act: leaveOut,
    full: true,
  },
  { name: 'import-wide-en', view: 'crisis', lang: 'en', size: wide, hash: '#/import', act: bring('M1') },
  { name: 'import-narrow-ru', view: 'crisis', size: narrow, hash: '#/import', act: bring('M1'), full: true },
  { name: 'import-taken-ru', view: 'crisis', size: phone, hash: '#/import', act: takeOver, full: true },
  { name: 'trips-kk-narrow', view: 'rough', size: narrow, hash: '#/trips' },
];
