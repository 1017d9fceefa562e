// Names of the languages people speak at the missions. Some WebViews have no Kazakh in Intl.
import type { Lang } from '../api';

const NAMES: Record<string, [kk: string, ru: string, en: string]> = {
  ar: ['арабша', 'арабский', 'Arabic'],
  az: ['әзербайжанша', 'азербайджанский', 'Azerbaijani'],
  be: ['белорусша', 'белорусский', 'Belarusian'],
  bg: ['болгарша', 'болгарский', 'Bulgarian'],
  cs: ['чехше', 'чешский', 'Czech'],
  de: ['немісше', 'немецкий', 'German'],
  el: ['грекше', 'греческий', 'Greek'],
  en: ['ағылшынша', 'английский', 'English'],
  es: ['испанша', 'испанский', 'Spanish'],
  fa: ['парсыша', 'персидский', 'Persian'],
  fi: ['финше', 'финский', 'Finnish'],
  fr: ['французша', 'французский', 'French'],
  he: ['ивритше', 'иврит', 'Hebrew'],
  hi: ['хиндише', 'хинди', 'Hindi'],
  hr: ['хорватша', 'хорватский', 'Croatian'],
  hu: ['мажарша', 'венгерский', 'Hungarian'],
  hy: ['армянша', 'армянский', 'Armenian'],
  id: ['индонезияша', 'индонезийский', 'Indonesian'],
  it: ['итальянша', 'итальянский', 'Italian'],
  ja: ['жапонша', 'японский', 'Japanese'],
  ka: ['грузинше', 'грузинский', 'Georgian'],
  kk: ['қазақша', 'казахский', 'Kazakh'],
  ko: ['корейше', 'корейский', 'Korean'],
  ky: ['қырғызша', 'киргизский', 'Kyrgyz'],
  lt: ['литвалықша', 'литовский', 'Lithuanian'],
  lv: ['латышша', 'латышский', 'Latvian'],
  mn: ['моңғолша', 'монгольский', 'Mongolian'],
  ms: ['малайша', 'малайский', 'Malay'],
  nl: ['нидерландша', 'нидерландский', 'Dutch'],
  pl: ['полякша', 'польский', 'Polish'],
  ps: ['пуштуша', 'пушту', 'Pashto'],
  pt: ['португалша', 'португальский', 'Portuguese'],
  ro: ['румынша', 'румынский', 'Romanian'],
  ru: ['орысша', 'русский', 'Russian'],
  sr: ['сербше', 'сербский', 'Serbian'],
  sv: ['шведше', 'шведский', 'Swedish'],
  tg: ['тәжікше', 'таджикский', 'Tajik'],
  th: ['тайша', 'тайский', 'Thai'],
  tk: ['түрікменше', 'туркменский', 'Turkmen'],
  tr: ['түрікше', 'турецкий', 'Turkish'],
  uk: ['украинша', 'украинский', 'Ukrainian'],
  ur: ['урдуша', 'урду', 'Urdu'],
  uz: ['өзбекше', 'узбекский', 'Uzbek'],
  vi: ['вьетнамша', 'вьетнамский', 'Vietnamese'],
  zh: ['қытайша', 'китайский', 'Chinese'],
};

const AT = { kk: 0, ru: 1, en: 2 } as const;

/** The name of a BCP 47 tag's language; the tag itself where nobody here knows it. */
export const languageName = (tag: string, lang: Lang): string =>
  NAMES[tag.toLowerCase().split('-')[0] ?? '']?.[AT[lang]] ?? tag;
