// What is dropped on any screen waits here for the screen that reads it.
import { broughtBy, type Brought } from './brought';
import { go, router } from './router.svelte';
import { href } from './routes';

class Waiting {
  brought = $state.raw<Brought | null>(null);
}

export const waiting = new Waiting();

/** Takes what is dropped anywhere to the screen that reads it; text goes where it is dropped. */
export function listenForDrops(): void {
  addEventListener('dragover', (event) => {
    if (event.dataTransfer?.types.includes('Files')) event.preventDefault();
  });
  addEventListener('drop', (event) => {
    const brought = event.dataTransfer && broughtBy(event.dataTransfer);
    if (!brought) return;
    // else the window would leave for the file
    event.preventDefault();
    waiting.brought = brought;
    const { route } = router;
    go(href({ screen: 'import', id: route.screen === 'trip-form' || route.screen === 'import' ? route.id : null }));
  });
}
