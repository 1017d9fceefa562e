import { beforeEach, expect, it } from 'vitest';
import { app } from '../src/lib/state.svelte';
import { asText, paperFaultWords } from '../src/screens/paper/words';
import { views } from './sample/views';

beforeEach(() => {
  app.view = { ...views.crisis, lang: 'en' };
});

it('says at which group the code is wrong, and how far it is typed', () => {
  expect(paperFaultWords({ code: 'paper_group', field: '4' })).toContain('4');
  expect(paperFaultWords({ code: 'paper_short', field: '9' })).toContain('9');
  expect(paperFaultWords({ code: 'paper_short', field: '0' })).not.toContain('0');
  expect(paperFaultWords({ code: 'paper_unknown', field: null })).not.toBe(
    paperFaultWords({ code: 'paper_over', field: null }),
  );
});

it('writes the whole code twice, by numbered groups and as it is typed, with whom to call', () => {
  const groups = Array.from({ length: 13 }, (_, index) => `ABC${String(index).padStart(2, '0')}`);
  const text = asText(groups, 'The ministry', '+442079460100');
  expect(text).toContain(groups.join(' '));
  expect(text).toContain('13  ABC12');
  expect(text).toContain('+442079460100');
});
