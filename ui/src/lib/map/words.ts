// How the traveller's place is known, in the few words there is room for on the map.
import { m } from '../words';
import type { HereSource } from './journey';

export const youWords: Record<HereSource, () => string> = {
  itinerary: m.map_you_plan,
  chosen: m.map_you_chosen,
  left: m.map_you_left,
  home: m.map_you_home,
};
