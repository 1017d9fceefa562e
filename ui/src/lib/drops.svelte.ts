// What is dropped on any screen waits here for the screen that reads it.
import { broughtBy, type Brought } from './brought';
import { go, router } from './router.svelte';
import { href } from './routes';

class Waiting {
  brought = $state.raw<Brought | null>(null);
}

export const waiting = new Waiting();

/** How many of what is on the screen read what is dropped. */
let takers = 0;

/** What is dropped while this is on the screen is its own to read. */
export function takeDrops(): void {
  $effect(() => {
    takers += 1;
    return () => (takers -= 1);
  });
}

/** Takes what is dropped anywhere to what reads it, else to the screen of tickets; text goes where it is dropped. */
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
    if (takers === 0) go(href({ screen: 'import', id: route.screen === 'trip-form' ? route.id : null }));
  });
}
