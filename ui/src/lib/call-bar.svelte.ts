// The call bar is plain HTML that works before any script; this only keeps it up to date.
import { fillings } from './fill';
import { app } from './state.svelte';
import { m, pick } from './words';

export function followView(): void {
  const filled = document.querySelectorAll<HTMLElement>('[data-fill]');
  $effect.root(() => {
    $effect(() => {
      if (!app.view) return;
      document.title = m.app_name();
      for (const element of filled) {
        for (const [name, value] of fillings(element.dataset['fill'] ?? '', app.view, pick)) {
          if (name === 'text') element.textContent = value;
          else element.setAttribute(name, value);
        }
      }
    });
  });
}
