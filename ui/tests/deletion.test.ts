import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

import type { PrivacyPage, Words } from '../src/lib/api';
import { app } from '../src/lib/state.svelte';
import { m } from '../src/lib/words';
import { spanWords } from '../src/lib/words/span';
import { views } from './sample/views';

type Law = { retention: PrivacyPage['retention']; consents: Record<string, { text: Words }> };
const { law } = JSON.parse(readFileSync('../backend/demo/ministry.json', 'utf8')) as { law: Law };
const LONGEST = 90;

// what is agreed to, what the page of personal data says and what a trip says is one promise
it.each(['kk', 'ru', 'en'] as const)('%s says in all places how long a trip is kept', (lang) => {
  app.view = { ...views.crisis, lang };
  const { trip, backup } = law.retention;
  const agreed = law.consents.registering?.text[lang];
  expect(agreed).toContain(spanWords(law.retention.case));
  expect(agreed?.split(spanWords(backup)).length, 'of the trip, and of backups').toBeGreaterThan(2);
  const page = m.privacy_trip({ span: spanWords(trip) });
  const ofTrip = m.trip_kept_until({ when: '' });
  for (const said of [page, agreed]) expect(said).toContain(spanWords(trip));
  // in Russian three months stand in two cases
  const longest = lang === 'ru' ? /3 месяц/ : spanWords(LONGEST);
  for (const said of [page, ofTrip, agreed]) expect(said).toMatch(longest);
});
