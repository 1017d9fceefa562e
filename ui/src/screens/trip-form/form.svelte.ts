// What is being typed. It lives outside the screen, so it survives a look at another tab.
import { tripDraft, type TripView } from '../../lib/api';
import { app } from '../../lib/state.svelte';
import { fromDraft, newForm, type Faults, type Form } from './fields';

export class FormState {
  id: string | null;
  form: Form = $state(newForm());
  /** Fault codes by JSON pointer into the draft. */
  faults: Faults = $state({});
  touched = $state(false);

  constructor(id: string | null, form: Form) {
    this.id = id;
    this.form = form;
  }
}

const NEW = 'new';
const begun: Record<string, FormState> = $state({});

/** True where a new trip was begun and neither saved nor discarded. */
export const begunTrip = (): boolean => begun[NEW]?.touched ?? false;

export async function openForm(id: string | null, trip: TripView | undefined): Promise<FormState> {
  const key = id ?? NEW;
  const open = begun[key];
  if (open) return open;
  const form = id === null ? newForm() : fromDraft(await tripDraft(id), trip, app.lang);
  const made = new FormState(id, form);
  begun[key] = made;
  return made;
}

export function closeForm(id: string | null): void {
  delete begun[id ?? NEW];
}
