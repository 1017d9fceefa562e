// What must hold of the words of any page of ours. Pure, so that each page's own tests can ask it.
import { readFileSync, readdirSync } from 'node:fs';

export type Message = string | { match: Record<string, string> }[];
/** Messages by language, as their files hold them. */
export type Messages = Record<string, Record<string, Message>>;

export const keysOf = (messages: Record<string, Message> | undefined): string[] =>
  Object.keys(messages ?? {}).filter((key) => key !== '$schema');
export const forms = (message: Message | undefined): string[] =>
  typeof message === 'string' ? [message] : (message ?? []).flatMap(({ match }) => Object.values(match));
export const holes = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '').sort();

/** The code of a folder, without what is generated. */
export const sources = (folder: URL): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const at = new URL(entry.isDirectory() ? `${entry.name}/` : entry.name, folder);
    if (entry.isDirectory()) return entry.name === 'generated' ? [] : sources(at);
    return /\.(svelte|ts)$/.test(entry.name) ? [readFileSync(at, 'utf8')] : [];
  });

/** What is wrong with a message in one language; `same` is a name or a mark that no language says its own way. */
export function faults(all: Messages, lang: string, key: string, same: string[]): string[] {
  const wanted = holes(forms(all['en']?.[key])[0] ?? '');
  const said = forms(all[lang]?.[key]);
  if (said.length === 0) return ['is not said'];
  return said.flatMap((text) => {
    const bare = text.replace(/\{\w+\}/g, '');
    const foreign = lang !== 'en' && !same.includes(key) && /\p{L}/u.test(bare) && !/\p{Script=Cyrillic}/u.test(bare);
    return [
      ...(text.trim() === '' ? ['is empty'] : []),
      ...(holes(text).join() === wanted.join() ? [] : [`has other placeholders: ${text}`]),
      ...(foreign ? [`is in another script: ${text}`] : []),
    ];
  });
}

/** Messages that glue a case ending to a placeholder. */
export const glued = (messages: Record<string, Message> | undefined): string[] =>
  keysOf(messages).filter((key) => forms(messages?.[key]).some((text) => /\}-?\p{L}/u.test(text)));

export const unused = (keys: string[], code: string): string[] =>
  keys.filter((key) => !new RegExp(`\\bm\\.${key}\\b`).test(code));
