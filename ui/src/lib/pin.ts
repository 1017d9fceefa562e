// What is wrong with a PIN that is set; whether it holds is said by Rust.
import type { FailureCode } from './api';

export type PinFault = FailureCode | 'pin_differs';

/** Nobody sees what they type: a PIN that locks is typed twice. */
export const differs = (chosen: string, again: string): PinFault | null => (chosen === again ? null : 'pin_differs');
