import { m } from './generated/messages.js';

/** "6 км", "1 240 км". */
export function distanceWords(km: number): string {
  if (km < 1) return m.distance_under_km();
  return m.distance_km({ count: String(Math.round(km)).replace(/\B(?=(\d{3})+$)/g, '\u00a0') });
}
