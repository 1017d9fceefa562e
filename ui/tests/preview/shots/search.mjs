// The search.
import { comeBack, type } from '../acts.mjs';
import { narrow, phone, wide } from './sizes.mjs';

export const search = [
  { name: 'search-show-ru', view: 'crisis', size: phone, hash: '#/search', act: type('врач') },
  { name: 'search-kk', view: 'crisis', lang: 'kk', size: phone, hash: '#/search' },
  { name: 'search-hits-kk', view: 'crisis', lang: 'kk', size: phone, hash: '#/search', act: type('дуб') },
  {
    name: 'search-hits-kk-dark',
    view: 'crisis',
    lang: 'kk',
    size: phone,
    dark: true,
    hash: '#/search',
    act: type('дуб'),
  },
  {
    name: 'search-hits-kk-narrow-200',
    view: 'crisis',
    lang: 'kk',
    size: narrow,
    zoom: true,
    hash: '#/search',
    act: type('дуб'),
    full: true,
  },
  {
    name: 'search-come-back-kk-narrow-200',
    view: 'crisis',
    lang: 'kk',
    size: narrow,
    zoom: true,
    hash: '#/search',
    act: comeBack('#/guidance/transit', 'дуб'),
  },
  { name: 'search-none-ru', view: 'crisis', size: phone, hash: '#/search', act: type('щщщщ') },
  { name: 'search-wide-en', view: 'crisis', lang: 'en', size: wide, hash: '#/search', act: type('дуб') },
];
