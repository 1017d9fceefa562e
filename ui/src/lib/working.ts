// What was pressed says that it works, where that takes more than a moment.
import { announce } from './announce.svelte';
import { m } from './words';

const MOMENT_MS = 300;

/** Until what it asks for begins. */
let pressed: HTMLElement | null = null;

export function watchPresses(): void {
  const hear = ({ target }: Event) => (pressed = target instanceof Element ? target.closest('button') : null);
  addEventListener('click', hear, true);
}

/** Runs what a press asks for. */
export async function working<T>(command: () => Promise<T>): Promise<T> {
  const button = pressed;
  pressed = null;
  let end = () => {};
  const late = setTimeout(() => (end = button?.isConnected ? say(button) : end), MOMENT_MS);
  try {
    return await command();
  } finally {
    clearTimeout(late);
    end();
  }
}

function say(button: HTMLElement): () => void {
  button.setAttribute('aria-busy', 'true');
  button.dataset['busy'] = m.working();
  const end = announce(() => [m.working()]);
  return () => {
    button.removeAttribute('aria-busy');
    delete button.dataset['busy'];
    end();
  };
}
