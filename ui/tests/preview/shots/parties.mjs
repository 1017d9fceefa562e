// A party by name: its list, its roll, and a card for who is lost.
import {
  askOver,
  bringList,
  dropList,
  fewerAsked,
  editPerson,
  mendRow,
  namesAtOnce,
  openCalled,
  pasteAgain,
  sayNeeds,
  takeList,
  tapCalled,
  thumbAtRoll,
  tickYou,
  typeAgain,
} from '../acts.mjs';
import { narrow, phone, small, wide } from './sizes.mjs';

const at = (part) => ({ view: 'crisis', hash: `#/trips/11111111-1111-4111-8111-111111111111/${part}` });
const looks = [
  { look: 'kk', lang: 'kk', size: phone },
  { look: 'ru-dark', lang: 'ru', size: phone, dark: true },
  { look: 'en-narrow', lang: 'en', size: narrow },
  { look: 'kk-narrow-200', lang: 'kk', size: narrow, zoom: true },
];
const each = (name, shot) => looks.map(({ look, ...of }) => ({ name: `${name}-${look}`, ...shot, ...of }));

export const parties = [
  ...each('party', { ...at('people'), full: true }),
  ...each('party-bring', { ...at('people'), act: bringList, full: true }),
  ...each('party-too-many', { ...at('people'), act: bringList, listed: 'listedMany', full: true }),
  ...each('party-entered', { ...at('people'), act: takeList, party: 'group' }),
  ...each('party-few', { ...at('people'), act: fewerAsked, party: 'few' }),
  { name: 'party-moved-ru', ...at('people'), view: 'moved', size: phone },
  { name: 'party-cards-group-kk', ...at('cards'), lang: 'kk', size: phone, party: 'group' },
  { name: 'party-dropped-en', ...at('people'), lang: 'en', size: phone, act: dropList },
  { name: 'party-typed-again-ru', ...at('people'), lang: 'ru', size: phone, act: typeAgain },
  { name: 'party-pasted-again-kk', ...at('people'), lang: 'kk', size: phone, act: pasteAgain },
  ...each('party-mend', { ...at('people'), act: mendRow, full: true }),
  { name: 'party-nobody-kk', ...at('people'), lang: 'kk', size: phone, party: 'nobody' },
  { name: 'party-wide-ru', ...at('people'), size: wide },
  ...each('roll', at('roll')),
  ...['kk', 'ru', 'en'].map((lang) => ({
    name: `roll-small-${lang}`,
    ...at('roll'),
    lang,
    size: small,
    act: thumbAtRoll,
  })),
  ...each('roll-you', { ...at('roll'), act: tickYou, party: 'alone', full: true }),
  ...each('roll-full', { ...at('roll'), full: true }),
  ...each('roll-open', { ...at('roll'), act: openCalled, full: true }),
  ...each('roll-over', { ...at('roll'), act: askOver, party: 'over' }),
  ...each('roll-group', { ...at('roll'), act: namesAtOnce, party: 'group' }),
  ...each('roll-reported', { ...at('roll'), act: namesAtOnce, party: 'reported' }),
  ...['kk', 'ru', 'en'].flatMap((lang) =>
    ['group', 'reported'].map((party) => ({
      name: `roll-${party}-small-${lang}`,
      ...at('roll'),
      lang,
      size: small,
      act: namesAtOnce,
      party,
    })),
  ),
  { name: 'roll-group-wide-ru', ...at('roll'), size: wide, party: 'group' },
  { name: 'roll-tapped-ru', ...at('roll'), size: phone, act: tapCalled },
  ...each('roll-needs', { ...at('roll'), act: sayNeeds, full: true }),
  { name: 'roll-nobody-ru', ...at('roll'), size: phone, party: 'nobody' },
  { name: 'roll-wide-kk', ...at('roll'), lang: 'kk', size: wide },
  ...each('lost', at('card-4')),
  { name: 'lost-latin-kk', ...at('card-2'), lang: 'kk', size: phone },
  ...each('party-cards', at('cards')),
  ...each('person-edit', { ...at('people'), act: editPerson }),
  { name: 'lost-wide-en', ...at('card-4'), lang: 'en', size: wide },
];
