// What is being typed. It lives outside the screen and on the disk, so it survives another tab and the app itself.
import { formKeep, formKept, lookUp, tripDraft, tripNext, type TripView } from '../../lib/api';
import { Keeping } from '../../lib/keeping.svelte';
import { app } from '../../lib/state.svelte';
import { nowHere } from '../../lib/words/when';
import { begun } from './begun.svelte';
import { placeLabel } from '../../lib/words/place-label';
import { fromDraft, newForm, readForm, type Faults, type Form } from './fields';

export class FormState extends Keeping {
  id: string | null;
  form: Form;
  /** Fault codes by JSON pointer into the draft. */
  faults: Faults = $state({});
  touched = $state(false);

  constructor(id: string | null, form: Form, touched: boolean) {
    super({ of: 'trip', id });
    this.id = id;
    this.form = $state(form);
    this.touched = touched;
  }

  content(): string {
    return JSON.stringify(this.form);
  }

  touch(): void {
    this.touched = true;
    if (this.id === null) begun.isNew = true;
  }
}

const NEW = 'new';
const open: Record<string, FormState> = {};
export async function openForm(id: string | null, trip: TripView | undefined): Promise<FormState> {
  const key = id ?? NEW;
  const before = open[key];
  // one that nobody touched may be older than the trip
  if (before?.touched) return before;
  const [text] = (await formKept({ of: 'trip', id })).texts;
  const kept = text === undefined ? null : readForm(text);
  const fresh = async () => (id === null ? newTrip() : fromDraft(await tripDraft(id), trip, app.lang));
  const made = new FormState(id, kept ?? (await fresh()), kept !== null);
  open[key] = made;
  return made;
}

async function newTrip(): Promise<Form> {
  const form = newForm(await tripNext(), nowHere());
  const code = form.origin;
  if (code === null) return form;
  const found = (await lookUp(code)).find((place) => place.kind === 'airport' && place.code === code);
  return found ? { ...form, originText: placeLabel(found, app.lang) } : form;
}

/** It is a trip now: the shell has let go of what was kept. */
export function closeForm(id: string | null): void {
  delete open[id ?? NEW];
  if (id === null) begun.isNew = false;
}

/** Everything was erased: what was being typed too. */
export function dropForms(): void {
  for (const key of Object.keys(open)) {
    open[key]?.drop();
    delete open[key];
  }
  begun.isNew = false;
}

export async function discardForm(id: string | null): Promise<void> {
  await open[id ?? NEW]?.close();
  await formKeep({ of: 'trip', id }, 0, null);
  closeForm(id);
}
