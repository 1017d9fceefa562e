import { afterEach, expect, it, vi } from 'vitest';
import type { View } from '../src/lib/api';
import { app } from '../src/lib/state.svelte';
import '../src/lib/words';
import { bothTimes, clocks, localDay, localTime } from '../src/lib/words/when';
import { aheadWords } from '../src/lib/words/zone-times';
import { views } from './sample.mjs';

const show = (view: string) => (app.view = { ...views[view as 'crisis'], lang: 'ru' } as unknown as View);

afterEach(() => vi.unstubAllGlobals());

it('takes no clock from the WebView, whose zone table may be older than the country’s time', () => {
  // as a table from before March 2024 has it: Astana six hours ahead
  vi.stubGlobal('Intl', {
    DateTimeFormat: class {
      formatToParts = () => [
        { type: 'hour', value: '16' },
        { type: 'minute', value: '20' },
      ];
    },
  });
  show('crisis');
  expect(clocks()).toEqual([
    { place: 'Дубай', time: '14:20' },
    { place: 'Астана', time: '15:20' },
  ]);
  expect(bothTimes('2026-03-01T16:00:00Z')).toBe('20:00 (Дубай), 21:00 (Астана)');
  expect(localTime('2026-03-01T21:00:00Z')).toBe('2 марта, 01:00');
});

it('shows one clock where both are the same, and none where no place is known', () => {
  show('first');
  expect(clocks()).toEqual([{ place: 'Астана', time: '15:20' }]);
  show('bare');
  expect(clocks()).toEqual([]);
});

it('says the day of a place by what day it is there', () => {
  show('crisis');
  expect(localDay('2026-03-01', '2026-03-01')).toBe('сегодня');
  expect(localDay('2026-03-05', '2026-03-01')).toBe('5 марта');
});

it('says how far the clocks are apart', () => {
  show('crisis');
  expect([aheadWords(-60), aheadWords(45), aheadWords(0)]).toEqual(['\u22121 ч', '+45 мин', expect.any(String)]);
});
