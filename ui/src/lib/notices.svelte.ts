// Whether the system shows notifications. It is asked again when the app is come back to: its settings are elsewhere.
import { onMount } from 'svelte';
import { notices, type Notices } from './api';
import { OnDemand } from './on-demand.svelte';

/** For a component that shows it. */
export function noticesAllowed(): { readonly value: Notices | null; ask: () => void } {
  let ask = false;
  const state = new OnDemand(() => notices(ask));
  const look = (asking: boolean) => {
    ask = asking;
    state.read();
  };
  onMount(() => {
    const back = () => document.visibilityState === 'visible' && look(false);
    look(false);
    document.addEventListener('visibilitychange', back);
    return () => document.removeEventListener('visibilitychange', back);
  });
  return {
    get value() {
      return state.value;
    },
    ask: () => look(true),
  };
}
