import type { Lang } from '../api';

/** The traveller's language, else Kazakh, Russian, English, else whatever there is. */
export function textIn<T extends { lang: string }>(texts: T[], lang: Lang): T | undefined {
  for (const wanted of [lang, 'kk', 'ru', 'en']) {
    const found = texts.find((text) => text.lang.toLowerCase().split('-')[0] === wanted);
    if (found) return found;
  }
  return texts[0];
}
