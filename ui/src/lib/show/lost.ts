// What somebody shows who cannot find their group, in the languages that are read where they are.
import type { ShownLang } from './cards';

/** What is said before each fact that follows it, and first what is the matter. */
type Lost = { lost: string; leader: string; hotel: string; mission: string };

export const lostWords: Record<ShownLang | 'kk' | 'ru', Lost> = {
  ar: {
    lost: 'لا أستطيع العثور على مجموعتي. أنا من كازاخستان.',
    leader: 'من فضلك اتصل بمسؤول مجموعتي:',
    hotel: 'من فضلك أوصلني إلى فندقي:',
    mission: 'من فضلك اتصل بقنصليتي:',
  },
  tr: {
    lost: 'Grubumu bulamıyorum. Kazakistan’dan geldim.',
    leader: 'Lütfen grup sorumlumu arayın:',
    hotel: 'Lütfen beni otelime götürün:',
    mission: 'Lütfen konsolosluğumu arayın:',
  },
  en: {
    lost: 'I cannot find my group. I am from Kazakhstan.',
    leader: 'Please call the leader of my group:',
    hotel: 'Please take me to my hotel:',
    mission: 'Please call my consulate:',
  },
  zh: {
    lost: '我找不到我的团队。我来自哈萨克斯坦。',
    leader: '请给我的领队打电话：',
    hotel: '请送我去我的酒店：',
    mission: '请联系我的领事馆：',
  },
  kk: {
    lost: 'Тобымды таба алмай тұрмын. Мен Қазақстаннанмын.',
    leader: 'Тобымның басшысына қоңырау шалыңыз:',
    hotel: 'Мені қонақүйіме апарыңыз:',
    mission: 'Консулдығыма қоңырау шалыңыз:',
  },
  ru: {
    lost: 'Я не могу найти свою группу. Я из Казахстана.',
    leader: 'Позвоните, пожалуйста, руководителю моей группы:',
    hotel: 'Отвезите меня, пожалуйста, в мою гостиницу:',
    mission: 'Позвоните, пожалуйста, в моё консульство:',
  },
};
