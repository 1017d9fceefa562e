import { app } from '../state.svelte';

/** Whether words in a language are in the reader's own. */
export const isRead = ({ lang }: { lang: string }): boolean => lang.split('-')[0] === app.lang;
