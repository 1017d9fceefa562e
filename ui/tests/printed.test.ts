import { afterEach, beforeEach, expect, it } from 'vitest';
import { app } from '../src/lib/state.svelte';
import { levelWords, severityWords } from '../src/lib/words/codes';
import { printed } from '../src/lib/words/printed';
import { views } from './sample/views';

beforeEach(() => (app.view = { ...views.crisis, lang: 'en' }));
afterEach(() => (app.view = null));

it('hands on what each screen shows, in each language and with what it belongs to', () => {
  const all = printed();
  for (const lang of ['kk', 'ru', 'en'] as const) {
    app.view = { ...views.crisis, lang };
    expect(all).toContainEqual({ words: levelWords(4), with: { kind: 'level', level: 4 } });
    expect(all).toContainEqual({ words: severityWords.extreme(), with: { kind: 'severity', severity: 'extreme' } });
  }
  expect(all).toContainEqual({ words: 'Почему', with: { kind: 'warning' } });
  expect(new Set(all.map((one) => JSON.stringify(one))).size).toBe(all.length);
});
