import { expect, it } from 'vitest';
import { differs } from '../src/lib/pin';

it('takes a PIN that was typed alike twice, and says where it was not', () => {
  expect(differs('2468', '2468')).toBeNull();
  expect(differs('2468', '2486')).toBe('pin_differs');
  expect(differs('2468', '')).toBe('pin_differs');
});
