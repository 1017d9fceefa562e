// The traveller is not on a trip: others are, one less, or there is none.
import { tripDelete, tripDraft, tripSave, type TripView } from '../../lib/api';

export async function withoutMe({ id, people }: TripView): Promise<void> {
  if (people <= 1) return tripDelete(id);
  const plan = await tripDraft(id);
  await tripSave(id, { ...plan, of_others: true, adults: Math.max(0, plan.adults - 1) }, []);
}
