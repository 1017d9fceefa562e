// A question that comes by a press takes the focus, so that it is in view and read; when it goes, the focus goes back to what asked it.
import { tick } from 'svelte';

export function question(node: HTMLElement): () => void {
  const asked = document.activeElement;
  node.tabIndex = -1;
  (node.querySelector('input') ?? node).focus();
  return () => void tick().then(() => giveBack(asked));
}

function giveBack(asked: Element | null): void {
  if (document.activeElement !== document.body) return;
  const main = document.querySelector<HTMLElement>('main');
  (asked instanceof HTMLElement && asked.isConnected && asked !== document.body ? asked : main)?.focus();
}
