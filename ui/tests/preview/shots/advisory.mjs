// Warnings, their parts and their ends.
import { pressSteps, speak } from '../acts.mjs';
import { narrow, phone } from './sizes.mjs';

export const advisory = [
  ...['kk', 'ru', 'en'].map((lang) => ({
    name: `advisory-number-${lang}`,
    view: 'numbered',
    lang,
    size: phone,
    act: pressSteps,
  })),
  { name: 'advisory-ru', view: 'crisis', size: phone, hash: '#/advisory/advisory%2Fae-airspace', full: true },
  { name: 'relayed-kk', view: 'calm', size: phone, hash: '#/advisory/cap%2Fkz-2.49.0.0.398', full: true },
  {
    name: 'advisory-aloud-ru-dark',
    view: 'crisis',
    size: phone,
    dark: true,
    hash: '#/advisory/advisory%2Fae-airspace',
    act: speak,
    full: true,
  },
  { name: 'advisory-other-ru', view: 'crisis', size: phone, hash: '#/advisory/cap%2Fkz-2.49.0.0.398' },
  {
    name: 'advisory-other-kk-narrow-200-dark',
    view: 'crisis',
    lang: 'kk',
    size: narrow,
    zoom: true,
    dark: true,
    hash: '#/advisory/cap%2Fkz-2.49.0.0.398',
  },
  ...alerts(),
];

/** An alert of several parts, one that comes, one that ended, one that was void: on the first screen and on its own. */
function alerts() {
  const pages = {
    parts: 'cap%2Fae-storm',
    coming: 'advisory%2Fae-strike',
    over: 'advisory%2Fae-over',
    unnamed: 'cap%2Fkz-flood',
  };
  const looks = [
    { lang: 'kk', size: phone },
    { lang: 'ru', size: phone, dark: true },
    { lang: 'en', size: narrow },
    { lang: 'kk', size: narrow, zoom: true },
  ];
  return ['parts', 'coming', 'over', 'voided', 'unnamed'].flatMap((kind) =>
    looks.flatMap(({ lang, size, dark = false, zoom = false }) => {
      const look = `${lang}${size === narrow ? '-narrow' : ''}${dark ? '-dark' : ''}${zoom ? '-200' : ''}`;
      const shot = { view: `${kind}_${lang}`, size, dark, zoom, full: true };
      const first = { ...shot, name: `alert-${kind}-now-${look}` };
      const page = pages[kind];
      return page ? [first, { ...shot, name: `alert-${kind}-${look}`, hash: `#/advisory/${page}` }] : [first];
    }),
  );
}
