import { expect, it } from 'vitest';
import { sealedWords } from '../src/screens/trip/people';
import { stay, transit, trip } from './sample/trips';

it('says who sees a phone or an address, and nothing where there is neither', () => {
  const bare = { ...stay, detail: '' };
  const said = (has_phone: boolean, leg: typeof stay) => sealedWords({ ...trip, has_phone, legs: [transit, leg] });
  expect(said(false, bare)).toBe('');
  expect(new Set([said(true, stay), said(true, bare), said(false, stay)]).size).toBe(3);
});
