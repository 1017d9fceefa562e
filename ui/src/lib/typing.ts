// While somebody types on a short screen, which a keyboard makes of any phone, the dock leaves room for what is offered.
import { pointerIsUp } from './pointer';

const NO_TEXT = ['button', 'checkbox', 'file', 'radio', 'range', 'reset', 'submit'];

const takesText = (element: Element | null): boolean =>
  element instanceof HTMLTextAreaElement || (element instanceof HTMLInputElement && !NO_TEXT.includes(element.type));

const note = () => document.documentElement.classList.toggle('typing', takesText(document.activeElement));

export function watchTyping(): void {
  addEventListener('focusin', note);
  // what is pressed instead does not move away under the finger
  addEventListener('focusout', () => void pointerIsUp().then(note));
}
