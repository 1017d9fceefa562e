// The call bar alone, in what state it is in.
import { typeInto, typePlace } from '../acts.mjs';
import { narrow, phone, typing, wide } from './sizes.mjs';

export const bar = [
  { name: 'bar-overloaded-kk', view: 'overloaded', lang: 'kk', size: phone },
  { name: 'bar-overloaded-ru', view: 'overloaded', size: phone },
  { name: 'bar-overloaded-ru-narrow-200', view: 'overloaded', size: narrow, zoom: true },
  { name: 'bar-writes-kk', view: 'writes', lang: 'kk', size: phone },
  { name: 'bar-writes-ru-dark', view: 'writes', size: phone, dark: true },
  { name: 'bar-writes-en', view: 'writes', lang: 'en', size: phone },
  { name: 'bar-writes-kk-narrow-200', view: 'writes', lang: 'kk', size: narrow, zoom: true },
  { name: 'bar-office-kk-narrow', view: 'calm', size: narrow },
  { name: 'bar-office-kk-narrow-200', view: 'calm', size: narrow, zoom: true },
  { name: 'bar-office-en', view: 'calm', lang: 'en', size: phone },
  { name: 'bar-office-ru', view: 'calm', lang: 'ru', size: phone },
  { name: 'bar-office-wide-kk', view: 'calm', size: wide },
  { name: 'bar-typing-kk', view: 'crisis', lang: 'kk', size: typing, hash: '#/trips/new', act: typePlace },
  {
    name: 'bar-typing-ru-dark',
    view: 'calm',
    lang: 'ru',
    size: typing,
    dark: true,
    hash: '#/trips/new',
    act: typePlace,
  },
  {
    name: 'bar-typing-where-en',
    view: 'crisis',
    lang: 'en',
    size: typing,
    hash: '#/where',
    act: typeInto('where-place'),
  },
  {
    name: 'bar-typing-kk-200',
    view: 'crisis',
    lang: 'kk',
    size: narrow,
    zoom: true,
    hash: '#/where',
    act: typeInto('where-place'),
  },
  { name: 'bar-writes-wide-ru', view: 'writes', size: wide },
  { name: 'bar-emergency-kk', view: 'bare', lang: 'kk', size: phone },
];
