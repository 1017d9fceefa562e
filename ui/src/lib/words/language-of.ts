import type { Lang, Tag, Texts, Topic, TopicText } from '../api';

const ALL: Tag[] = ['kk', 'ru', 'en'];

/** The tag and what it falls back to (RFC 4647, 3.4): zh-Hant-TW, zh-Hant, zh. */
function fallbacks(tag: Tag): Tag[] {
  const parts = tag.split('-');
  return parts.map((_, index) => parts.slice(0, parts.length - index).join('-')).filter((one) => !/-.$/.test(one));
}

/** The language a reader is shown: their own, then the ministry's in its order, else any. */
export function bestTag(texts: Texts<unknown>, lang: Tag, languages: Tag[] = ALL): Tag | undefined {
  const found = [lang, ...languages].flatMap(fallbacks).find((tag) => texts[tag] !== undefined);
  return found ?? Object.keys(texts)[0];
}

const NOTHING: TopicText = { title: '', summary: '', steps: [], why: '', whom: '', also: [] };

/** A topic as this traveller can read it, and the language that is in. */
export function topicIn(topic: Topic, lang: Lang, languages?: Tag[]): TopicText & { lang: Tag } {
  const tag = bestTag(topic.texts, lang, languages);
  return { ...NOTHING, title: topic.id, ...(tag && topic.texts[tag]), lang: tag ?? lang };
}

/** The language of words that are said to be in `lang`: a name that has no other form stays English. */
export const langOfName = (text: string, lang: Lang): Lang => (langOf(text) === 'en' ? 'en' : lang);

/** The language of a title or an address that came without one, by its letters: enough to be read aloud. */
export function langOf(text: string): Lang | undefined {
  if (/[әғқңөұүһі]/i.test(text)) return 'kk';
  if (/[а-яё]/i.test(text)) return 'ru';
  return /[a-z]/i.test(text) ? 'en' : undefined;
}
