// Which pictures are taken: of which View, in which language, on which screen. A file of `shots/` a kind of screen.
import { now } from './shots/now.mjs';
import { bar } from './shots/bar.mjs';
import { advisory } from './shots/advisory.mjs';
import { trips } from './shots/trips.mjs';
import { parties } from './shots/parties.mjs';
import { guidance } from './shots/guidance.mjs';
import { map } from './shots/map.mjs';
import { contacts } from './shots/contacts.mjs';
import { search } from './shots/search.mjs';
import { cases } from './shots/cases.mjs';
import { settings } from './shots/settings.mjs';

export const shots = [
  ...now,
  ...bar,
  ...advisory,
  ...trips,
  ...parties,
  ...guidance,
  ...map,
  ...contacts,
  ...search,
  ...settings,
  ...cases,
];
