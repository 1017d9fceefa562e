// Hears the keys of the whole page and hands each act to whoever is on screen.
import { actOf, beginsRoom, roomOf, type Act, type Room } from './keys';

/** True where the act was done, so that the browser does nothing more. */
export type Hears = (act: Act) => boolean;

const hearing: Hears[] = [];

/** The newest that hears is asked first. Gives back what ends it. */
export function hears(one: Hears): () => void {
  hearing.unshift(one);
  return () => void hearing.splice(hearing.indexOf(one), 1);
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.matches('input:not([type=checkbox]), textarea, select, [contenteditable]');
/** Enter and space are the button's or the link's own. */
const isPressed = (target: EventTarget | null, act: Act): boolean =>
  (act === 'open' || act === 'preview') && target instanceof HTMLElement && target.matches('a, button, input, summary');

/** No room is left from within a window over the page: what is typed in it would be gone. */
const isCovered = (): boolean => document.querySelector('dialog[open]') !== null;

export function listenForKeys(go: (room: Room) => void): void {
  let begun = false;
  addEventListener('keydown', (event) => {
    const typing = isTyping(event.target);
    if (begun) {
      begun = false;
      const room = roomOf(event);
      if (room) {
        event.preventDefault();
        go(room);
        return;
      }
    }
    if (!typing && !isCovered() && beginsRoom(event)) {
      begun = true;
      return;
    }
    const act = actOf(event, typing);
    if (act === null || isPressed(event.target, act)) return;
    if (hearing.some((one) => one(act))) event.preventDefault();
  });
}
