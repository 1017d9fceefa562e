// The traveller is not on a trip: others are, one less, or there is none.
import { tripDraft, tripSave, type TripView } from '../../lib/api';
import { deleteTrip } from '../../lib/deleted.svelte';

export async function withoutMe(trip: TripView): Promise<void> {
  const { id, people } = trip;
  if (people <= 1) return deleteTrip(trip);
  const plan = await tripDraft(id);
  await tripSave(id, { ...plan, of_others: true, adults: Math.max(0, plan.adults - 1) }, []);
}
