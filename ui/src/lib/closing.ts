// What opens by a press closes by Escape, the newest first, and the focus goes back to what opened it.
import { tick } from 'svelte';
import { intoView } from './into-view';

const open: (() => void)[] = [];
/** What was pressed may be gone before what it opens is there. */
let focused: Element | null = null;

export function watchEscape(): void {
  addEventListener('focusin', ({ target }) => (focused = target instanceof Element ? target : null));
  addEventListener('keydown', (event) => {
    const close = open.at(-1);
    if (event.key !== 'Escape' || event.defaultPrevented || !close) return;
    event.preventDefault();
    close();
  });
}

const openerOf = (): Element | null => (document.activeElement === document.body ? focused : document.activeElement);

/** For an element that `close` takes away. */
export function closing(close: () => void) {
  return (node: HTMLElement) => {
    const opener = openerOf();
    // on the page, whoever pressed what is gone now goes on where it stood
    const otherwise = node.closest('main') ? null : document.getElementById('call-bar');
    open.push(close);
    return () => {
      open.splice(open.lastIndexOf(close), 1);
      void tick().then(() => giveBack(opener, otherwise));
    };
  };
}

const REACHED = 'a[href], button, input, select, textarea, summary';

/** From what opened it, wherever that stands, the Tab key goes on in it, and back again from its beginning. */
export function next(node: HTMLElement): (() => void) | undefined {
  const opener = openerOf();
  if (!(opener instanceof HTMLElement)) return undefined;
  const steps = (event: KeyboardEvent) => {
    if (event.key !== 'Tab' || event.altKey || event.ctrlKey || event.metaKey) return;
    const first = node.querySelector<HTMLElement>(REACHED);
    const [from, to] = event.shiftKey ? [first, there(opener)] : [there(opener), first];
    if (from === null || to === null || document.activeElement !== from) return;
    event.preventDefault();
    to.focus();
  };
  addEventListener('keydown', steps);
  return () => removeEventListener('keydown', steps);
}

/** A question takes the focus too, so that it is in view and read. */
export function question(close: () => void) {
  return (node: HTMLElement) => {
    const end = closing(close)(node);
    node.tabIndex = -1;
    const first = node.querySelector<HTMLElement>('input:checked') ?? node.querySelector('input');
    (first ?? node).focus();
    intoView(node);
    return end;
  };
}

function giveBack(opener: Element | null, otherwise: HTMLElement | null): void {
  if (document.activeElement === document.body) (there(opener) ?? otherwise)?.focus();
}

/** It, or what was drawn anew in its place. */
function there(opener: Element | null): HTMLElement | null {
  if (!(opener instanceof HTMLElement)) return null;
  if (opener.isConnected) return opener;
  const name = opener.dataset['testid'];
  return name === undefined ? null : document.querySelector<HTMLElement>(`[data-testid="${CSS.escape(name)}"]`);
}
