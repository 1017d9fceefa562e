import { beforeEach, describe, expect, it } from 'vitest';
import type { SentWhat } from '../src/lib/api';
import { app } from '../src/lib/state.svelte';
import { sentLines, sentTitle } from '../src/lib/words/sent';
import { left } from './sample/left';
import { views } from './sample/views';

beforeEach(() => {
  app.view = { ...views.crisis, lang: 'en' };
});

const said = (what: SentWhat): string => [sentTitle(what), ...sentLines(what)].join(' | ');

describe('what was sent', () => {
  it('is told in words, with the place and the count that went plain', () => {
    expect(left.sent.map(({ what }) => said(what))).toEqual([
      'Safe: 3 | SMS opened: +442079460990',
      'Warning opened: Оставайтесь в здании | Shown: 11:08 | Opened: 11:09',
      'Safe: 3 | 3 people | United Arab Emirates',
      'Trip | 3 people | Qatar, DOH: from 27 February, 15:10 to 27 February, 18:10 | United Arab Emirates: from 28 February, end not known',
      'This phone made itself known: a random number and a key, no name',
    ]);
  });

  it('names the warning as it was shown, and by its id where that is forgotten', () => {
    const shown_at = '2026-03-01T06:08:00Z';
    expect(said({ kind: 'receipt', entry: 'advisory.ae', headline: 'Stay in', shown_at, read_at: null })).toBe(
      'Warning shown: Stay in | Shown: 11:08',
    );
    expect(said({ kind: 'receipt', entry: 'advisory.ae', headline: '', shown_at, read_at: shown_at })).toBe(
      'Warning opened: advisory.ae | Shown: 11:08 | Opened: 11:08',
    );
  });

  it('says of an SMS what it said, and no more than that it was opened where that is not known', () => {
    const number = '+442079460990';
    const people = [{ status: 'stranded' as const, count: 1 }];
    expect(said({ kind: 'sms', people, needs: [], number })).toBe(
      `${sentTitle({ kind: 'sms', people, needs: [], number })} | SMS opened: ${number}`,
    );
    expect(said({ kind: 'sms', people: [], needs: [], number })).toBe(`SMS opened: ${number}`);
  });

  it('says of an SMS what it said to be needed, and of a deletion which trip it was', () => {
    const people = [{ status: 'need_help' as const, count: 1 }];
    const said_of = said({ kind: 'sms', people, needs: ['medical'], number: '+442079460990' });
    expect(said_of).toContain('I need medicine or a doctor');
    const trip = left.sent.flatMap(({ what }) => (what.kind === 'trip' ? [what] : []))[0]!;
    expect(said({ kind: 'deleted', legs: trip.legs })).toBe(
      'Request to delete a trip | Qatar, DOH: from 27 February, 15:10 to 27 February, 18:10 | United Arab Emirates: from 28 February, end not known',
    );
    expect(said({ kind: 'deleted', legs: [] })).toBe('Request to delete a trip');
  });

  it('says of a call what the traveller said of it', () => {
    expect(said({ kind: 'call', way: 'voice', number: '+442079460100', outcome: 'called', place: null })).toBe(
      'Call to +442079460100',
    );
    expect(said({ kind: 'call', way: 'sms', number: '+442079460100', outcome: 'called', place: null })).toBe(
      'SMS opened: +442079460100',
    );
    expect(
      said({ kind: 'call', way: 'voice', number: '+442079460100', outcome: 'still_need_help', place: null }),
    ).toContain('help');
  });
});
