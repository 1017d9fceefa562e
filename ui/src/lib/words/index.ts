// Words in the traveller's language. Messages read the language from the state, so they follow a switch.
import { app } from '../state.svelte';
import type { AdvisoryText, Words } from '../api';
import { m } from './generated/messages.js';
import { overwriteGetLocale } from './generated/runtime.js';
import { textIn } from './language-of';

overwriteGetLocale(() => app.lang);

export { m };

export const pick = (words: Words): string => words[app.lang];

export const advisoryText = (texts: AdvisoryText[]): AdvisoryText | undefined => textIn(texts, app.lang);
