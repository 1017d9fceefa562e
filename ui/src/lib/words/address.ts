// An address as one reads it: whose it is stands at its end, and anything may stand before that.

/** A piece of a text: of an address what stands before its site, and the site. */
export type AddressPiece = { text: string; is: 'words' | 'before' | 'site' };

/** Names under which others register theirs, as under a country's own. */
const SHARED = ['com', 'co', 'gov', 'org', 'net', 'edu', 'ac', 'mil'];

/** The names of a host that somebody registered. */
export function siteOf(host: string): string {
  const names = host.split('.');
  const [end = '', shared = ''] = [names.at(-1), names.at(-2)];
  return names.slice(end.length === 2 && SHARED.includes(shared.toLowerCase()) ? -3 : -2).join('.');
}

const HOST = /[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*\.\p{L}[\p{L}\p{N}-]+/gu;

/** A text with addresses in it; of what follows a host nothing is one. */
export function addressesIn(text: string): AddressPiece[] {
  const pieces: AddressPiece[] = [];
  const add = (text: string, is: AddressPiece['is']) => text !== '' && pieces.push({ text, is });
  for (const word of text.split(/(\s+)/)) {
    const found = [...word.matchAll(HOST)][0];
    const site = found ? siteOf(found[0]) : '';
    const begin = found ? found.index + found[0].length - site.length : word.length;
    const host = found?.index ?? word.length;
    add(word.slice(0, host), 'words');
    add(word.slice(host, begin), 'before');
    add(site, 'site');
    add(word.slice(begin + site.length), 'words');
  }
  return pieces;
}
