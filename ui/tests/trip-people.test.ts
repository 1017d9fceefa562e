import { expect, it } from 'vitest';
import { app } from '../src/lib/state.svelte';
import { sealedWords } from '../src/screens/trip/people';
import { views } from './sample/views';
import { stay, transit, trip } from './sample/trips';

app.view = { ...views.crisis, lang: 'en' };

it('says who sees a phone or an address, and nothing where there is neither', () => {
  const bare = { ...stay, detail: '' };
  const said = (has_phone: boolean, leg: typeof stay) => sealedWords({ ...trip, has_phone, legs: [transit, leg] });
  expect(said(false, bare)).toBe('');
  expect(new Set([said(true, stay), said(true, bare), said(false, stay)]).size).toBe(3);
});
