// Words in the officer's language. Messages read the language from the state, so they follow a switch.
import { desk } from '../desk.svelte';
import { m } from './generated/messages.js';
import { overwriteGetLocale } from './generated/runtime.js';

overwriteGetLocale(() => desk.lang);

export { m };
