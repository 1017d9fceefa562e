// Whether a new trip was begun: known without the form itself, which is read when somebody opens it.
import { formKept } from '../../lib/api';

class Begun {
  isNew = $state(false);
}

/** True where a new trip was begun and neither saved nor discarded. */
export const begun = new Begun();

/** Looks whether one was begun before the app was opened. */
export async function lookForBegun(): Promise<void> {
  begun.isNew = (await formKept({ of: 'trip', id: null })).texts.length > 0;
}
