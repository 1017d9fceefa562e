// Keys by their place on the board, so that they are the same whatever alphabet is set.

export type Act =
  | 'down'
  | 'up'
  | 'open'
  | 'preview'
  | 'take'
  | 'answer'
  | 'call'
  | 'step'
  | 'hand_over'
  | 'tick'
  | 'tick_range'
  | 'caller'
  | 'show_new'
  | 'search'
  | 'undo'
  | 'print'
  | 'help'
  | 'send'
  | 'close'
  | 'back';
export type Room = 'board' | 'headcount' | 'publish' | 'lines' | 'night';
export type Press = Pick<KeyboardEvent, 'code' | 'key' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey'>;

const BARE: Record<string, Act> = {
  KeyJ: 'down',
  ArrowDown: 'down',
  KeyK: 'up',
  ArrowUp: 'up',
  Enter: 'open',
  NumpadEnter: 'open',
  Space: 'preview',
  KeyT: 'take',
  KeyR: 'answer',
  KeyC: 'call',
  KeyS: 'step',
  KeyH: 'hand_over',
  KeyX: 'tick',
  KeyN: 'caller',
  Period: 'show_new',
  Slash: 'search',
  KeyZ: 'undo',
  KeyP: 'print',
  Escape: 'back',
};
const SHIFTED: Record<string, Act> = { KeyX: 'tick_range', Slash: 'help' };

/** What is still heard while somebody types. */
const WHILE_TYPING: Act[] = ['back', 'send', 'close'];

export function actOf(press: Press, typing: boolean): Act | null {
  const act = meant(press);
  return act !== null && typing && !WHILE_TYPING.includes(act) ? null : act;
}

function meant({ code, shiftKey, ctrlKey, metaKey, altKey }: Press): Act | null {
  if (altKey) return null;
  if (ctrlKey || metaKey) {
    if (code !== 'Enter' && code !== 'NumpadEnter') return null;
    return shiftKey ? 'close' : 'send';
  }
  return (shiftKey ? SHIFTED[code] : BARE[code]) ?? null;
}

/** After G: the room's first letter, in whatever alphabet it is typed. */
const ROOMS: Record<string, Room> = {
  b: 'board',
  д: 'board',
  і: 'board',
  h: 'headcount',
  с: 'headcount',
  p: 'publish',
  l: 'lines',
  л: 'lines',
  ж: 'lines',
  n: 'night',
  н: 'night',
  т: 'night',
};
export const roomOf = ({ key }: Pick<Press, 'key'>): Room | null => ROOMS[key.toLowerCase()] ?? null;
export const beginsRoom = ({ code, ctrlKey, metaKey, altKey, shiftKey }: Press): boolean =>
  code === 'KeyG' && !ctrlKey && !metaKey && !altKey && !shiftKey;

/** The keys that choose among what is seen, as they lie on the board. */
export const digits = [...'1234567890-'];

/** Which of them is pressed, whatever alphabet is set. */
export function digitOf({ code, ctrlKey, metaKey, altKey }: Press): string | null {
  if (ctrlKey || metaKey || altKey) return null;
  return code === 'Minus' ? '-' : (/^(?:Digit|Numpad)(\d)$/.exec(code)?.[1] ?? null);
}
