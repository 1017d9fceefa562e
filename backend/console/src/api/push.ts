// Questions to the desk about the browsers in which an officer is told of a life: their own alone.
import { ask, isGone } from './http';
import { hashed } from './key';

/** `key`: by which a browser knows the desk's pushes; `browsers`: digests of where the others are told. */
export type Told = { key: string; browsers: string[] };

const path = (officer: number): string => `/v1/officers/${officer}/push`;

export const toldIn = (officer: number): Promise<Told> => ask('GET', path(officer));

export function tellIn(officer: number, subscription: PushSubscription): Promise<void> {
  const { endpoint, keys } = subscription.toJSON();
  return ask('PUT', path(officer), { endpoint, p256dh: keys?.p256dh, auth: keys?.auth });
}

export async function tellNoMore(officer: number, subscription: PushSubscription): Promise<void> {
  try {
    await ask('DELETE', `${path(officer)}/${await browserOf(subscription)}`);
  } catch (thrown) {
    // it was pruned, or told of another: that is what was asked for
    if (!isGone(thrown)) throw thrown;
  }
}

/** As the desk names it. */
export const browserOf = (subscription: PushSubscription): Promise<string> => hashed(subscription.endpoint);
