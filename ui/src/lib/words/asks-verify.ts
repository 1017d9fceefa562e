// Who looks for whether something is true is led to where that is asked.

const FOUND = [
  'правда',
  'неправда',
  'рас па',
  'рас ма',
  'шын ба',
  'шынымен',
  'өтірік',
  'жалған',
  'алаяқ',
  'мошенник',
  'обман',
  'развод',
  'фейк',
  'fake',
  'true',
  'is it true',
  'scam',
  'fraud',
];

const LEAST_TYPED = 3;

/** By the beginning of what it is looked for by; what has an ending begins so too. */
export function asksVerify(typed: string): boolean {
  const wanted = typed.trim().toLowerCase().replace(/\s+/g, ' ');
  if (wanted.length < LEAST_TYPED) return false;
  return FOUND.some((words) => words.startsWith(wanted) || wanted.startsWith(words));
}
