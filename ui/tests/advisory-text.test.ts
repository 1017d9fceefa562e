import { beforeEach, expect, it } from 'vitest';
import { app } from '../src/lib/state.svelte';
import { advisoryAsText } from '../src/lib/words/advisory-text';
import { m } from '../src/lib/words';
import { advisory } from './sample/advisories';
import { views } from './sample/views';

const text = advisory.texts[0]!;

beforeEach(() => (app.view = views.crisis));

it('hands on the ministry’s words whole, whose they are, of when, and how to check them', () => {
  const said = advisoryAsText(advisory, text);
  const lines = said.split('\n');
  expect(lines[0]).toBe(text.headline);
  for (const part of [...text.steps, text.why, m.ministry_word(), m.verify_title(), m.app_name()])
    expect(said).toContain(part);
  // with its day: it is read at another place and later
  expect(said.match(/\d{1,2}[^\n]*, \d\d:\d\d \(/gu)?.length).toBeGreaterThanOrEqual(2);
  expect(said).not.toMatch(/[\u2066-\u2069]/u);
});

it('says no end of what is over', () => {
  const over = advisoryAsText({ ...advisory, is_over: true, state: 'ended' }, text);
  expect(over.split('\n').length).toBe(advisoryAsText(advisory, text).split('\n').length - 1);
});
