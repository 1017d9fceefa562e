import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { app } from '../src/lib/state.svelte';
import { holdsWords, moreOf, saidWords, titleOf } from '../src/lib/words/verified';
import { answer, checked, passage, said } from './sample/checked';
import { views } from './sample/views';

const { crisis } = views;
const title = (text: string) => titleOf(checked[text]!, crisis);
const reach = { link: 'connected' as const };
const more = (text: string) => moreOf(checked[text]!, reach);

beforeEach(() => (app.view = { ...crisis, lang: 'en' }));
afterEach(() => (app.view = null));

describe('what stands over an answer', () => {
  it('is the number’s own title, and never that there is no such word', () => {
    expect(title('999')).toBe('United Arab Emirates: emergency number 999');
    expect(title('112')).toBe('112: answered from any mobile phone');
    expect(title('103')).toBe('United Arab Emirates: 103 is not an emergency number here');
    expect(title('line')).toBe('Yes, this is the ministry’s number');
    for (const text of ['999', '112', '103', 'line', 'gov.kz'])
      expect(`${title(text)} ${more(text)}`).not.toMatch(/pay/);
  });

  it('says of a page of a shared site what is known, and no yes', () => {
    expect(title('gov.kz')).toBe('The app does not know this page');
    expect(more('gov.kz')).toContain('and so do others');
  });

  it('warns of a number that is nobody’s, whatever emergency number stands beside it', () => {
    const foreign = { shown: '+44 7700 900123', name: null, dial: null, is_on_its_site: false };
    const beside = answer({
      emergency: [{ number: '999', answers: 'here' }],
      passages: [passage('999 +44 7700 900123', { numbers: [foreign] })],
    });
    expect(moreOf(beside, reach)).toContain('Do not call');
    expect(moreOf({ ...beside, passages: [passage('Flight tomorrow, 999')] }, reach)).not.toContain('Do not call');
  });
});

describe('an old list', () => {
  const own = passage('Stay inside', { said, is_its_own: true });
  const unknown = answer({ verdict: 'cannot_know', is_fresh: false, passages: [passage('A flight tomorrow')] });
  const links = ['connected', 'idle', 'unreachable', 'captive_portal', 'server_trouble'] as const;

  it('does not say of what it has not that the ministry has not said it', () => {
    expect(titleOf(unknown, crisis)).toBe('It cannot be known now');
    expect(titleOf({ ...unknown, passages: [own, ...unknown.passages] }, crisis)).toMatch(
      /^A part is .* rest cannot be/,
    );
  });

  it('tells its age beside what it has', () => {
    const found = answer({ verdict: 'word_for_word', is_fresh: false, passages: [own] });
    expect(moreOf(found, reach)).toContain('The list was updated');
    expect(moreOf({ ...found, is_fresh: true }, reach)).toBe('');
  });

  it('sends nobody to the internet who has it', () => {
    const said = links.map((link) => moreOf(unknown, { link }));
    expect(said.filter((words) => words.includes('to the internet'))).toEqual([
      moreOf(unknown, { link: 'unreachable' }),
    ]);
    expect(moreOf(unknown, { link: 'server_trouble' })).toContain('The ministry does not answer now');
    expect(new Set(said).size).toBe(links.length);
  });
});

describe('what is put together', () => {
  it('is not called somebody else’s where all of it is the ministry’s', () => {
    const own = passage('Stay inside', { said, is_its_own: true });
    expect(titleOf(answer({ verdict: 'part', passages: [own, own] }), crisis)).toContain('Put together');
    expect(titleOf(answer({ verdict: 'part', passages: [own, passage('Pay')] }), crisis)).toContain('do not pay');
  });
});

describe('a sentence of the ministry', () => {
  it('says of where it is and until when it holds', () => {
    expect(saidWords(said)).toContain('United Arab Emirates');
    expect(holdsWords(said)).toMatch(/^In force until: .*20:00/);
  });

  it('says since when it is over, and the title says that it is', () => {
    const over = { ...said, holds: { state: 'expired' as const, at: said.issued_at } };
    expect(holdsWords(over)).toMatch(/^Over since: /);
    const words = answer({ verdict: 'word_for_word', passages: [passage('…', { said: over, is_its_own: true })] });
    expect(titleOf(words, crisis)).toContain('over');
  });

  it('names whose alert is passed on', () => {
    expect(saidWords({ ...said, relayed: 'Kazhydromet' })).toContain('Kazhydromet');
    expect(saidWords({ ...said, relayed: '' })).toContain('another authority');
    const alert = passage('Ice', { said: { ...said, relayed: 'Kazhydromet' }, is_its_own: true });
    expect(titleOf(answer({ verdict: 'word_for_word', passages: [alert] }), crisis)).toContain('passed this on');
  });
});
