// What a card says of where somebody who is lost belongs, whoever of the party they are.
import { failureOf, tripDraft, type View } from '../../lib/api';
import { stopOn } from '../../lib/trip';
import { pick } from '../../lib/words';

export type LostFacts = { country: string | undefined; leader: string; hotel: string; mission: string };

/** For a component that shows it. */
export function lostFacts(view: () => View, id: string): () => LostFacts {
  /** The leader's own, as the trip has it. */
  let leader = $state('');
  tripDraft(id).then(
    (draft) => (leader = draft.phone),
    (thrown: unknown) => void failureOf(thrown),
  );
  return () => {
    const { trips, here, call } = view();
    const trip = trips.find((one) => one.id === id);
    const stop = trip && stopOn(trip);
    // in Latin letters, which are read in most places
    const city = stop ? (stop.place['en'] ?? pick(stop.place)) : '';
    const address = stop?.kind === 'stay' ? stop.detail : '';
    return {
      country: stop?.code ?? here?.country,
      leader,
      hotel: address === '' ? '' : [address, city].filter((part) => part !== '').join(', '),
      // local services are no consulate
      mission: call.kind === 'mission' || call.kind === 'ministry' ? call.number : '',
    };
  };
}
