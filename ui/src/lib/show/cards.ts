// What is shown to somebody who does not speak the traveller's language: whole sentences, plain, in six languages.

export type CardId = 'transfer' | 'hospital' | 'police' | 'deaf';
export type ShownLang = 'ar' | 'tr' | 'en' | 'zh';
type Said = Record<ShownLang | 'kk' | 'ru', string[]>;

/** `calls`: the last sentence asks to call the consulate, and its number follows. */
export type Card = { id: CardId; calls: boolean; said: Said; topics: string[]; found: string[] };

/** Each by its own name, in its own letters. */
export const SHOWN: { lang: ShownLang; name: string }[] = [
  { lang: 'ar', name: 'العربية' },
  { lang: 'tr', name: 'Türkçe' },
  { lang: 'en', name: 'English' },
  { lang: 'zh', name: '中文' },
];

export const cards: Card[] = [
  {
    id: 'transfer',
    calls: false,
    said: {
      ar: [
        'أُلغيت رحلتي. أنا مسافر ترانزيت من كازاخستان.',
        'من فضلك احجز لي على الرحلة التالية، أو أعطني مكانًا للانتظار وطعامًا وماءً.',
        'من فضلك اكتب رقم الرحلة والبوابة والوقت.',
      ],
      tr: [
        'Uçuşum iptal edildi. Kazakistan’dan transit yolcuyum.',
        'Lütfen beni sonraki uçuşa alın ya da bekleyecek yer, yemek ve su verin.',
        'Lütfen uçuş numarasını, kapıyı ve saati yazın.',
      ],
      en: [
        'My flight is cancelled. I am a transit passenger from Kazakhstan.',
        'Please put me on the next flight, or give me a place to wait, food and water.',
        'Please write down the flight number, the gate and the time.',
      ],
      zh: [
        '我的航班取消了。我是来自哈萨克斯坦的中转旅客。',
        '请安排我坐下一班飞机，或者给我等候的地方、食物和水。',
        '请写下航班号、登机口和时间。',
      ],
      kk: [
        'Рейсім болмай қалды. Мен Қазақстаннан келе жатқан транзит жолаушымын.',
        'Мені келесі рейске отырғызыңыз немесе күтетін орын, тамақ, су беріңіз.',
        'Рейс нөмірін, шығу қақпасын және уақытын жазып беріңіз.',
      ],
      ru: [
        'Мой рейс отменён. Я транзитный пассажир из Казахстана.',
        'Посадите меня, пожалуйста, на следующий рейс или дайте место, где ждать, еду и воду.',
        'Напишите, пожалуйста, номер рейса, выход и время.',
      ],
    },
    topics: ['stranded', 'transit'],
    found: [
      'transfer',
      'транзит',
      'стойка',
      'пересадка',
      'рейс отменили',
      'рейс тоқтатылды',
      'рейс болмай қалды',
      'cancelled flight',
    ],
  },
  {
    id: 'hospital',
    calls: true,
    said: {
      ar: [
        'أحتاج إلى طبيب. من فضلك اتصل بالإسعاف أو خذني إلى المستشفى.',
        'أنا من كازاخستان ولا أتكلم لغتكم.',
        'من فضلك اتصل بقنصليتي:',
      ],
      tr: [
        'Doktora ihtiyacım var. Lütfen ambulans çağırın ya da beni hastaneye götürün.',
        'Kazakistanlıyım. Dilinizi bilmiyorum.',
        'Lütfen konsolosluğumu arayın:',
      ],
      en: [
        'I need a doctor. Please call an ambulance or take me to a hospital.',
        'I am from Kazakhstan. I do not speak your language.',
        'Please call my consulate:',
      ],
      zh: ['我需要医生。请叫救护车，或者送我去医院。', '我来自哈萨克斯坦，不会说你们的语言。', '请联系我的领事馆：'],
      kk: [
        'Маған дәрігер керек. Жедел жәрдем шақырыңыз немесе мені ауруханаға апарыңыз.',
        'Мен Қазақстаннанмын. Тіліңізді білмеймін.',
        'Консулдығыма қоңырау шалыңыз:',
      ],
      ru: [
        'Мне нужен врач. Вызовите, пожалуйста, скорую или отвезите меня в больницу.',
        'Я из Казахстана. Я не говорю на вашем языке.',
        'Позвоните, пожалуйста, в моё консульство:',
      ],
    },
    topics: ['hospital', 'medicines', 'road-accident', 'heat'],
    found: ['hospital', 'doctor', 'аурухана', 'дәрігер', 'больница', 'врач', 'ambulance', 'скорая', 'жедел жәрдем'],
  },
  {
    id: 'police',
    calls: true,
    said: {
      ar: [
        'أحتاج إلى مساعدة الشرطة.',
        'أنا من مواطني كازاخستان. لا أتكلم لغتكم وأحتاج إلى مترجم.',
        'من فضلكم اتصلوا بقنصليتي:',
      ],
      tr: [
        'Polisin yardımına ihtiyacım var.',
        'Kazakistan vatandaşıyım. Dilinizi bilmiyorum, tercümana ihtiyacım var.',
        'Lütfen konsolosluğumu arayın:',
      ],
      en: [
        'I need help from the police.',
        'I am a citizen of Kazakhstan. I do not speak your language and need an interpreter.',
        'Please call my consulate:',
      ],
      zh: ['我需要警察帮助。', '我是哈萨克斯坦公民。我不会说你们的语言，需要翻译。', '请联系我的领事馆：'],
      kk: [
        'Маған полиция көмегі керек.',
        'Мен Қазақстан азаматымын. Тіліңізді білмеймін, аудармашы керек.',
        'Консулдығыма қоңырау шалыңыз:',
      ],
      ru: [
        'Мне нужна помощь полиции.',
        'Я из Казахстана, гражданство казахстанское. Я не говорю на вашем языке, мне нужен переводчик.',
        'Позвоните, пожалуйста, в моё консульство:',
      ],
    },
    topics: ['arrest', 'lost-passport', 'protests'],
    found: ['police', 'полиция', 'interpreter', 'переводчик', 'аудармашы'],
  },
  {
    id: 'deaf',
    calls: true,
    said: {
      ar: [
        'أنا لا أسمع ولا أستطيع سماعك.',
        'من فضلك اكتب لي أو أشر بيدك. إذا كان هناك خطر، فأرني إلى أين أذهب.',
        'من فضلك اتصل بقنصليتي نيابةً عني:',
      ],
      tr: [
        'İşitme engelliyim. Sizi duyamıyorum.',
        'Lütfen yazın ya da elinizle gösterin. Tehlike varsa nereye gideceğimi gösterin.',
        'Lütfen benim için konsolosluğumu arayın:',
      ],
      en: [
        'I am deaf. I cannot hear you.',
        'Please write it down, or show me with your hands. If there is danger, show me where to go.',
        'Please call my consulate for me:',
      ],
      zh: [
        '我是聋人，听不见您说话。',
        '请写下来，或者用手指给我看。如果有危险，请指给我看该往哪里走。',
        '请替我打电话给我的领事馆：',
      ],
      kk: [
        'Мен естімеймін. Сізді ести алмаймын.',
        'Жазып беріңіз немесе қолмен көрсетіңіз. Қауіп болса, қайда баруым керегін көрсетіңіз.',
        'Мен үшін консулдығыма қоңырау шалып беріңіз:',
      ],
      ru: [
        'Я не слышу. Я не могу вас услышать.',
        'Напишите, пожалуйста, или покажите руками. Если есть опасность, покажите, куда идти.',
        'Позвоните, пожалуйста, за меня в моё консульство:',
      ],
    },
    topics: ['accessibility'],
    found: ['deaf', 'mute', 'глухой', 'глухая', 'не слышу', 'не говорю', 'естімеймін', 'саңырау', 'сөйлей алмаймын'],
  },
];

export const cardOf = (id: string): Card | undefined => cards.find((card) => card.id === id);

export const cardsOfTopic = (topic: string): Card[] => cards.filter(({ topics }) => topics.includes(topic));

const LEAST_TYPED = 3;

/** What all of them are looked for by. */
const ANY = ['show', 'card', 'показать', 'карточка', 'көрсету', 'көрсетіңіз'];

/** By the beginning of what it is looked for by. */
export function cardsFor(typed: string): Card[] {
  const wanted = typed.trim().toLowerCase();
  if (wanted.length < LEAST_TYPED) return [];
  const begins = (words: string) => words.startsWith(wanted) || wanted.startsWith(words);
  return cards.filter(({ found }) => [...found, ...ANY].some(begins));
}

const ARABIC = 'AE BH DJ DZ EG IQ JO KM KW LB LY MA MR OM PS QA SA SD SO SY TD TN YE'.split(' ');
const CHINESE = 'CN HK MO SG TW'.split(' ');

/** The one of them that is read in a country; English where none is. */
export function langIn(country: string | undefined): ShownLang {
  if (country === undefined) return 'en';
  if (ARABIC.includes(country)) return 'ar';
  if (CHINESE.includes(country)) return 'zh';
  return country === 'TR' ? 'tr' : 'en';
}
