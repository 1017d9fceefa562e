// What of the latest word answers a question, and what of it is open.
import type { View } from './api';

/** A request for help stands until it is taken back: it answers what is asked later too, and is open. */
export function standing(said: View['check_in'], since: string): { answered: boolean; asks: boolean } {
  const asks = said?.status === 'need_help' || said?.status === '(other)' || said?.status === 'stranded';
  const isLater = said !== null && (since === '' || Date.parse(said.at) >= Date.parse(since));
  return { answered: isLater || asks, asks };
}
