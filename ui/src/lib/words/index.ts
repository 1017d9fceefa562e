// Words in the traveller's language. Messages read the language from the state, so they follow a switch.
import { app } from '../state.svelte';
import type { WarningText, Words } from '../api';
import { m } from './generated/messages.js';
import { locales, overwriteGetLocale } from './generated/runtime.js';
import { straight } from './isolated';
import { bestTag } from './language-of';

overwriteGetLocale(() => app.lang);

export { locales, m };

export function pick(words: Words): string {
  const tag = bestTag(words, app.lang, app.view?.languages);
  return straight((tag && words[tag]) ?? '');
}

/** The reader's language comes first. */
export const advisoryText = (texts: WarningText[]): WarningText | undefined => texts[0];
