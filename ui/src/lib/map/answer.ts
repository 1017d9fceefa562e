// What the app may say and offer about a place on the map.
import type { CountryName, PlaceAt } from '../api';

export type Answer = {
  countries: CountryName[];
  /** Where "I am here" may be said; more than one asks which. */
  stand: CountryName[];
};

export function answerOf(place: PlaceAt): Answer {
  switch (place.kind) {
    case 'sea':
      return { countries: [], stand: [] };
    case 'country':
      return { countries: [place.country], stand: [place.country] };
    case 'border': {
      const both = [place.country, ...place.beside];
      return { countries: both, stand: both };
    }
    case 'disputed':
      return { countries: place.claims, stand: place.counts_as ? [place.counts_as] : place.claims };
  }
}
