// A place as one line, in a language of its own or the nearest to it.
import type { Lang, PickedPlace, Words } from '../api';
import { bestTag } from './language-of';

export const wordsIn = (words: Words, lang: Lang): string => words[bestTag(words, lang) ?? ''] ?? '';

export function placeLabel(place: PickedPlace, lang: Lang): string {
  switch (place.kind) {
    case 'country':
      return wordsIn(place.name, lang);
    case 'city':
      return `${wordsIn(place.name, lang)}, ${wordsIn(place.country_name, lang)}`;
    case 'airport':
      return `${place.code}, ${wordsIn(place.city, lang) || place.name}`;
  }
}
