// A word that waits for a network, and what is known of it as an SMS.
import type { Delivery, View } from './api';

/** While the ministry answers, the word is on its way. */
export const waitsForSms = (view: Pick<View, 'takes_sms' | 'contact'> | null, delivery: Delivery | null): boolean =>
  view !== null && view.takes_sms && delivery?.state === 'waiting' && view.contact.link !== 'connected';
