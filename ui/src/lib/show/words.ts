import { m } from '../words';
import type { CardId } from './cards';

/** What a card is called. */
export const cardWords: Record<CardId, () => string> = {
  transfer: m.show_transfer,
  hospital: m.show_hospital,
  police: m.show_police,
  deaf: m.show_deaf,
};
