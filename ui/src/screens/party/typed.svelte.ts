// What is typed of who travels along: somebody half written, or a list that is not taken yet.
import { formKept, listRead, type Listed } from '../../lib/api';
import { Keeping } from '../../lib/keeping.svelte';
import { Reading } from '../../lib/reading.svelte';
import type { PersonFields } from './people';
import { refusalOf, type RefusalCode } from './words';

type Open = 'nobody' | 'new' | 'list' | number;
type Content = { open: Open; fields: PersonFields | null; text: string; found: Listed | null };

export class Typed extends Keeping {
  open = $state<Open>('nobody');
  /** Of who is written; null where nothing was changed of them. */
  fields = $state.raw<PersonFields | null>(null);
  /** Of a list. */
  text = $state('');
  readonly list = new Reading<Listed, RefusalCode>(refusalOf);

  readonly #id: string;

  constructor(id: string) {
    super({ of: 'people', id });
    this.#id = id;
  }

  content(): string | null {
    const { open, fields, text } = this;
    const { found } = this.list;
    if (fields === null && text.trim() === '' && found === null) return null;
    return JSON.stringify({ open, fields, text, found } satisfies Content);
  }

  /** What was typed before the app ended; what cannot be read any more is as nothing. */
  async load(): Promise<void> {
    const [text] = (await formKept({ of: 'people', id: this.#id })).texts;
    const before = text === undefined ? null : (JSON.parse(text) as Content);
    // whoever is faster has typed
    if (text === undefined || before === null || this.open !== 'nobody') return;
    this.kept = text;
    ({ open: this.open, fields: this.fields, text: this.text } = before);
    this.list.found = before.found;
  }

  read(bytes: () => Promise<Uint8Array>): Promise<void> {
    return this.list.read(async () => listRead(await bytes()));
  }

  begin(open: Open): void {
    this.clear();
    this.open = open;
  }

  /** It was kept, or is not wanted. */
  clear(): void {
    this.open = 'nobody';
    this.fields = null;
    this.text = '';
    this.list.found = null;
    this.list.refused = null;
  }
}
