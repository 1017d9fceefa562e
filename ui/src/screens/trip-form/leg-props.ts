import type { Days, Faults, LegFields } from './fields';
import type { FormWords } from './words';

/** What the fields of a leg are given. */
export type LegProps = {
  leg: LegFields;
  index: number;
  days: Days;
  words: FormWords;
  faults: Faults;
  /** By the pointer of a field. */
  changed: (pointer: string) => void;
};
