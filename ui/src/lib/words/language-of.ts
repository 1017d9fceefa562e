import type { Lang, Topic, TopicText } from '../api';

const ALL: Lang[] = ['kk', 'ru', 'en'];

/** The traveller's language, else Kazakh, Russian, English. */
const order = (lang: Lang): Lang[] => [lang, ...ALL.filter((one) => one !== lang)];

/** The text in the first of those languages, else whatever there is. */
export function textIn<T extends { lang: string }>(texts: T[], lang: Lang): T | undefined {
  for (const wanted of order(lang)) {
    const found = texts.find((text) => text.lang.toLowerCase().split('-')[0] === wanted);
    if (found) return found;
  }
  return texts[0];
}

const NOTHING: TopicText = { title: '', summary: '', steps: [], why: '', whom: '', also: [] };

/** A topic as this traveller can read it, and the language that is in. */
export function topicIn(topic: Topic, lang: Lang): TopicText & { lang: Lang } {
  const has = order(lang).find((one) => topic[one]);
  return { ...NOTHING, title: topic.id, ...(has && topic[has]), lang: has ?? lang };
}

/** The language of words that are said to be in `lang`: a name that has no other form stays English. */
export const langOfName = (text: string, lang: Lang): Lang => (langOf(text) === 'en' ? 'en' : lang);

/** The language of a title or an address that came without one, by its letters: enough to be read aloud. */
export function langOf(text: string): Lang | undefined {
  if (/[әғқңөұүһі]/i.test(text)) return 'kk';
  if (/[а-яё]/i.test(text)) return 'ru';
  return /[a-z]/i.test(text) ? 'en' : undefined;
}
