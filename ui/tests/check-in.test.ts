import { expect, it } from 'vitest';
import type { CheckInStatus } from '../src/lib/api';
import { standing } from '../src/lib/check-in';
import { views } from './sample/views';

const word = (status: CheckInStatus) => ({ ...views.safe.check_in!, status, at: '2026-03-01T10:15:00Z' });
const BEFORE = '2026-03-01T10:00:00Z';
const LATER = '2026-03-01T10:20:00Z';

it('keeps a request for help open whatever is asked after it', () => {
  for (const status of ['need_help', 'stranded', '(other)'] as const)
    for (const since of ['', BEFORE, LATER])
      expect(standing(word(status), since)).toEqual({ answered: true, asks: true });
});

it('asks again whoever was well before', () => {
  expect(standing(word('safe'), BEFORE)).toEqual({ answered: true, asks: false });
  expect(standing(word('safe'), LATER)).toEqual({ answered: false, asks: false });
  expect(standing(null, '')).toEqual({ answered: false, asks: false });
});
