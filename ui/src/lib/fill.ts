// What the page holds before any script, and what of it follows the View: index.html says both, once, by
// `data-fill="name:path …"`. The shell fills in the same places as it serves the page.
import type { View, Words } from './api';

/** The attributes of an element, and its `text`, as a view has them; empty for what is not there. */
export function fillings(list: string, view: View, pick: (words: Words) => string): [name: string, value: string][] {
  return list.split(' ').map((filling) => {
    const [name = '', path = ''] = filling.split(':');
    const value = path
      .split('.')
      .reduce<unknown>((within, key) => (within as Record<string, unknown> | null)?.[key], view);
    if (typeof value === 'object' && value !== null) return [name, pick(value as Words)];
    return [name, typeof value === 'string' || typeof value === 'boolean' ? `${value}` : ''];
  });
}
