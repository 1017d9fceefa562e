// A trip that was deleted just now, and the request for help that went with it: it is told that they are gone.
import { tripDelete, type TripView } from './api';

class Deleted {
  trip = $state.raw<{ id: string; cried: boolean } | null>(null);
}

export const deleted = new Deleted();

export async function deleteTrip({ id, asks_for_help: cried }: TripView): Promise<void> {
  await tripDelete(id);
  deleted.trip = { id, cried };
}
