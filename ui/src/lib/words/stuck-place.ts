// Where somebody is stuck, in words.
import type { View } from '../api';
import { pick } from './index';

export const placeOf = (here: View['here']): string =>
  here ? [pick(here.place), ...(here.airport ? [here.airport] : [])].join(', ') : '';
