import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Answer, Named, Passage } from '../src/lib/api';
import { app } from '../src/lib/state.svelte';
import { addressesIn } from '../src/lib/words/address';
import {
  ageOf,
  alsoWords,
  falseInWords,
  falseWords,
  holdsWords,
  isUnheard,
  linkWords,
  lookedUp,
  moreOf,
  numberWords,
  replyTo,
  saidWords,
  sentOnWords,
  siteWords,
  thereWords,
  titleOf,
  together,
  topicsOf,
  unsaidWords,
  wantsTopics,
  wholeWords,
} from '../src/lib/words/verified';
import { answer, checked, none, passage, said } from './sample/checked';
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
    const foreign = { ...none, shown: '+44 7700 900123' };
    const beside = answer({
      emergency: [{ number: '999', answers: 'here', country: null }],
      passages: [passage('999 +44 7700 900123', { numbers: [foreign] })],
    });
    expect(moreOf(beside, reach)).toContain('Do not call');
    expect(moreOf({ ...beside, passages: [passage('Flight tomorrow, 999')] }, reach)).not.toContain('Do not call');
  });
});

describe('what stands in one entry', () => {
  const [one, two] = ['Stay inside.', 'Keep away from windows.'].map((text) =>
    passage(text, { said, is_its_own: true }),
  );
  const added = passage('Pay 150 000.', {
    whole: { words: 'Do not go to the airport.', said, is_other_figure: false, is_repointed: false, tells: null },
  });
  const shown = (passages: Passage[], hasPage = true) =>
    together(passages, () => hasPage).map(({ texts, leads }) => [texts.join(' '), leads]);
  const page = '#/advisory/advisory%2Fae-airspace';

  it('is told as one, and leads to its page once', () => {
    expect(shown([one!, two!])).toEqual([['Stay inside. Keep away from windows.', page]]);
    expect(shown([one!, added, two!])).toEqual([
      ['Stay inside.', page],
      ['Pay 150 000.', null],
      ['Keep away from windows.', null],
    ]);
    expect(shown([added, one!])[0]).toEqual(['Pay 150 000.', page]);
  });

  it('is told apart where another entry says one of them too, and leads nowhere without a page', () => {
    expect(shown([{ ...one!, also: [{ en: 'Qatar' }] }, two!])).toHaveLength(2);
    expect(shown([one!], false)).toEqual([['Stay inside.', null]]);
  });
});

describe('an emergency number of where the traveller’s people are', () => {
  it('is told with that country, and who is to dial it', () => {
    expect(title('998')).toBe('Qatar, where your people are. Emergency: 998');
    expect(more('998')).toContain('from a phone there');
    expect(thereWords(checked['999']!)).toBe('');
    const beside = { ...checked['998']!, emergency: [...checked['999']!.emergency, ...checked['998']!.emergency] };
    expect(titleOf(beside, crisis), 'here first').toContain('999');
    expect(thereWords(beside)).toContain('998');
  });
});

describe('a line that a messenger puts around a true text', () => {
  it('leaves it the ministry’s, and is somebody else’s', () => {
    expect(title('around')).toMatch(/^These are the ministry’s words, but a line was added/);
    expect(more('around')).toBe(
      'A messenger, a mail program or this app adds such a line. The ministry did not say it.',
    );
    expect(unsaidWords(checked['around']!, checked['around']!.passages[0]!)).toBe('Somebody else added this');
    const stale = { ...checked['around']!, is_fresh: false };
    expect(moreOf(stale, reach)).toContain('something newer');
    const over = { ...said, holds: { state: 'expired' as const, at: '2026-03-01T10:08:00Z' } };
    const ended = { ...checked['around']!, passages: [passage('…', { said: over, is_its_own: true })] };
    expect(titleOf(ended, crisis)).toContain('over');
  });
});

describe('who sent a text on', () => {
  const sent = (by: string, number: Named | null) => passage('…', { is_around: true, sent_on: { by, number } });
  const foreign = { ...none, shown: '+7 701 555 12 12' };
  const own = passage('Stay inside', { said, is_its_own: true });
  const asked = (...around: Passage[]) => answer({ verdict: 'around', passages: [...around, own] });

  it('is told beside the words, and that they are not the ministry', () => {
    expect(titleOf(asked(sent('Aunt Saule', null)), crisis)).toMatch(/^These are the ministry’s words, but somebody/);
    expect(sentOnWords(asked(sent('Aunt Saule', null)))).toMatch(
      /Sent on by: .?Aunt Saule.?\. That is not the ministry\./,
    );
    expect(sentOnWords(asked(sent(foreign.shown, foreign)))).toMatch(
      /555 12 12.?\. That is not the ministry’s number\./,
    );
    const forged = { ...foreign, name: { en: '24-hour line' }, dial: '+442079460100' };
    expect(sentOnWords(asked(sent('+44 20 7946 0100', forged)))).toContain('Anybody can write that');
    expect(sentOnWords(checked['around']!), 'a line that names nobody').toBe('');
    expect(moreOf(asked(sent('Aunt Saule', null)), reach)).not.toContain('messenger');
  });

  it('is no number to warn of', () => {
    const scam = answer({ verdict: 'part', passages: [sent(foreign.shown, foreign), own, passage('Mum:')] });
    expect(titleOf(scam, crisis)).toBe('Only a part of this is the ministry’s words');
  });
});

describe('what is no text', () => {
  const number = passage('+44 7700 900123', { is_contact: true, numbers: [{ ...none, shown: '+44 7700 900123' }] });
  const link = passage('gоv.kz', {
    is_contact: true,
    links: [{ ...none, shown: 'xn--gv-nmc.kz', false_letters: 'о' }],
  });

  it('is told as what it is, and once', () => {
    expect(titleOf(answer({ passages: [number] }), crisis)).toBe('The ministry has no such number');
    expect(numberWords(answer({ passages: [number] }))).toBe('');
    expect(titleOf(answer({ passages: [link] }), crisis)).toBe('The ministry has no such link');
    expect(moreOf(answer({ passages: [link] }), reach)).toBe('Do not open it and do not pay.');
    expect(linkWords(link.links[0]!, answer({ passages: [link] }))).toBe('');
    const both = answer({ passages: [number, link] });
    expect([titleOf(both, crisis), numberWords(both)]).toEqual([
      'The ministry did not say this',
      'The ministry has no such number',
    ]);
  });

  it('has its false letters named', () => {
    expect(falseWords(link.links[0]!)).toMatch(
      /^Letters of another alphabet in this address: .?о.?\. It only looks like another one\.$/,
    );
    expect(falseWords({ ...none, shown: 'gov.kz' })).toBe('');
  });

  it('is a question or nothing, and no danger', () => {
    for (const verdict of ['question', 'nothing'] as const) {
      const asked = answer({ verdict, passages: [passage('Is there a flight?')] });
      expect(`${titleOf(asked, crisis)} ${moreOf(asked, reach)} ${replyTo(asked, reach)}`).not.toMatch(
        /pay|call|did not/,
      );
      expect(ageOf(asked)).toBe('');
    }
    expect(unsaidWords(answer({ verdict: 'question' }), passage('Is there?'))).toBe('');
  });

  it('is not called the ministry’s where its texts only name it', () => {
    const cited = { ...none, shown: 'www.who.int', name: { en: 'Heat' }, is_cited: true };
    const asked = answer({ verdict: 'own_contacts', passages: [passage('…', { is_its_own: true, links: [cited] })] });
    expect(titleOf(asked, crisis)).toBe('The ministry’s own texts name this link');
    expect(linkWords(cited, asked)).toMatch(/^Named in the ministry’s texts: Heat$/);
    const beside = answer({ passages: [passage('Pay: who.int', { links: [cited] })] });
    expect(moreOf(beside, reach)).toBe('Do not pay. All of this stands in the ministry’s own texts.');
  });
});

describe('what to do next', () => {
  const own = passage('Stay inside', { said, is_its_own: true });
  it('is to answer the sender where something is wrong, and to look for a way out', () => {
    expect(replyTo(checked['…']!, reach)).toContain('only a part is the ministry’s words');
    expect(replyTo(answer({ passages: [passage('A flight')] }), reach)).toContain('did not say it');
    expect(replyTo(checked['sender']!, reach), 'of a call or of money nobody spoke').not.toMatch(/call|pay/);
    expect(replyTo(answer({ verdict: 'word_for_word', passages: [own] }), reach)).toBe('');
    expect(replyTo(answer({ verdict: 'part', passages: [own, own] }), reach), 'put together').toBe('');
    expect(wantsTopics(answer({ passages: [passage('A flight')] }))).toBe(true);
    expect(wantsTopics(answer({ verdict: 'word_for_word', passages: [own] }))).toBe(false);
  });
});

describe('what was cut or turned round', () => {
  it('is no word of the ministry, and the whole one is told beneath it', () => {
    expect(title('turned')).toContain('did not say');
    const [turned, other] = checked['turned']!.passages;
    expect(wholeWords(turned!)).toMatch(/^The ministry says, in full: “.?Оставайтесь в здании\..?”$/u);
    expect(wholeWords(other!)).toBe('');
  });
});

describe('another figure in a true sentence', () => {
  const own = passage('Keep away from windows.', { said, is_its_own: true });
  const whole = { words: 'Stay indoors until 18:00.', said, is_other_figure: true, is_repointed: false, tells: null };
  const changed = passage('Stay indoors until 21:00.', { whole });
  const asked = [answer({ passages: [changed] }), answer({ verdict: 'part', passages: [own, changed] })];

  it('is told as that, with the true one, and of money or a call nobody speaks', () => {
    for (const one of asked) {
      expect(titleOf(one, crisis)).toBe('The ministry says another figure or time');
      expect(moreOf(one, reach)).toBe('Go by what the ministry says. It stands below, in full.');
      expect(unsaidWords(one, changed)).toBe('The ministry says another figure or time');
      expect(replyTo(one, reach)).toContain('“Stay indoors until 18:00.”');
      expect(moreOf({ ...one, verdict: 'cannot_know', is_fresh: false }, reach)).not.toMatch(/pay|call/);
    }
  });

  it('is told with the app’s own line where that tells the time', () => {
    const tells = { kind: 'ends' as const, at: '2026-03-03T04:00:00Z' };
    const until = passage('Holds until: 9 December', { whole: { ...whole, words: '', tells } });
    const asked = answer({ verdict: 'part', passages: [own, until] });
    expect(titleOf(asked, crisis)).toBe('The ministry says another figure or time');
    expect(wholeWords(until)).toMatch(/Holds until: 3 March, 09:00 \(Astana\)/);
    expect(replyTo(asked, reach)).toContain('Holds until: 3 March, 09:00 (Astana)');
  });

  it('is warned of as ever where it is a number to dial, or more was added', () => {
    const dialled = { ...changed, numbers: [{ ...none, shown: '+44 7700 900123' }] };
    for (const passages of [[dialled], [changed, passage('Pay Aigul.')]])
      expect(moreOf(answer({ passages }), reach)).toContain('do not pay');
  });
});

describe('what is over', () => {
  const at = '2026-03-01T10:08:00Z';
  const over = passage('Stay inside.', { said: { ...said, holds: { state: 'ended', at } }, is_its_own: true });
  const [own, asks] = [passage('Keep calm.', { said, is_its_own: true }), passage('Is it true???')];
  const whole = { words: 'Wait 5 minutes.', said, is_other_figure: true, is_repointed: false, tells: null };
  const pay = passage('Pay: +44 7700 900123', { numbers: [{ ...none, shown: '+44 7700 900123' }] });

  it('is told so in the title and in the reply, whatever else stands in it', () => {
    for (const rest of [[asks], [pay], [passage('Wait 9 minutes.', { whole })]])
      for (const verdict of ['part', 'cannot_know'] as const) {
        const asked = answer({ verdict, is_fresh: verdict === 'part', passages: [over, ...rest] });
        expect(titleOf(asked, crisis)).toBe('Do not follow this: the ministry’s words in it are over');
        expect(replyTo(asked, reach)).toMatch(/words in it are over.*not pay/);
      }
    const joined = answer({ verdict: 'part', passages: [over, own] });
    expect(titleOf(joined, crisis)).toBe('Some of the ministry’s words in this are over');
    expect(replyTo(joined, reach)).toContain('some of the ministry’s words in it are over');
    expect(replyTo(answer({ verdict: 'word_for_word', passages: [over] }), reach)).toMatch(/but they are over/);
    expect(moreOf(answer({ verdict: 'part', passages: [over, pay] }), reach)).toContain('Do not call and do not pay');
  });

  it('names once what is called alike', () => {
    const about = [said.about[0]!, { ...said.about[0]!, kk: 'БАӘ' }];
    expect(saidWords({ ...said, about })).toMatch(/United Arab Emirates/);
    expect(saidWords({ ...said, about }).match(/Emirates/g)).toHaveLength(1);
  });
});

describe('a true text', () => {
  const own = passage('Stay inside.', { said, is_its_own: true });
  const asks = passage('Is it true???', { is_around: true, is_asked: true });

  it('stays the ministry’s where whoever sent it on asks whether it is, and nobody is blamed', () => {
    const asked = answer({ verdict: 'around', passages: [own, asks] });
    expect(titleOf(asked, crisis)).toBe('These are the ministry’s words, but the question is not');
    expect([moreOf(asked, reach), replyTo(asked, reach)]).toEqual(['', '']);
    expect(unsaidWords(asked, asks)).toBe('Whoever sent it on asks this');
    const line = passage('Sent from my iPhone', { is_around: true });
    expect(titleOf({ ...asked, passages: [own, asks, line] }, crisis)).toContain('a line was added');
  });

  it('is told to stand in another order', () => {
    const asked = answer({ verdict: 'word_for_word', is_other_order: true, passages: [own] });
    expect(titleOf(asked, crisis)).toBe('True, but the steps stand in another order');
  });
});

describe('marks that turn a true sentence round', () => {
  const whole = { words: 'Do not leave your hotel.', said, is_other_figure: false, is_repointed: true, tells: null };
  const turned = passage('Do not. Leave your hotel.', { whole });
  const own = passage('Keep away from windows.', { said, is_its_own: true });

  it('are told, with the true sentence, in the title and in the reply', () => {
    for (const one of [answer({ passages: [turned] }), answer({ verdict: 'part', passages: [own, turned] })]) {
      expect(titleOf(one, crisis)).toBe('Marks were changed here: the ministry says something else');
      expect(moreOf(one, reach)).toBe('Go by what the ministry says. It stands below, in full.');
      expect(unsaidWords(one, turned)).toBe('Marks were changed here: the ministry says something else');
      expect(replyTo(one, reach)).toContain('“Do not leave your hotel.”');
    }
    const asked = answer({ verdict: 'question', passages: [{ ...turned, text: 'Do not leave your hotel?' }] });
    expect(titleOf(asked, crisis)).toContain('Marks were changed');
    expect(titleOf(answer({ verdict: 'part', passages: [own, turned, passage('Pay Aigul.')] }), crisis)).toContain(
      'part',
    );
  });
});

describe('where more is said of it', () => {
  it('is in the topics of what the answer names, and looked up by what is not the ministry’s', () => {
    const page = { kind: 'topic' as const, id: 'earthquake' };
    const whole = {
      words: 'Wait 5 minutes.',
      said: { ...said, page },
      is_other_figure: true,
      is_repointed: false,
      tells: null,
    };
    const asked = answer({
      passages: [passage('Stay inside.', { said, is_its_own: true }), passage('Wait 9 minutes.', { whole })],
    });
    expect(topicsOf(asked, [{ id: 'advisory/ae-airspace', topics: ['shelter'] }])).toEqual(['earthquake', 'shelter']);
    expect(topicsOf(answer({ passages: [passage('A flight')] }), [])).toEqual([]);
    expect(lookedUp(asked)).toBe('Wait 9 minutes.');
  });
});

describe('an address', () => {
  const site = (text: string) =>
    addressesIn(text)
      .filter(({ is }) => is === 'site')
      .map((piece) => piece.text);
  it('is told by the site at its end, whatever stands before it', () => {
    expect(site('https://www.mfa.gov.kz.help-evac.com/pay?x=gov.kz')).toEqual(['help-evac.com']);
    expect(site('See mfa.gov.kz, or www.gоv.kz/x.')).toEqual(['mfa.gov.kz', 'gоv.kz']);
    expect(addressesIn('a.gov.kz.evil.com/x').map(({ text }) => text)).toEqual(['a.gov.kz.', 'evil.com', '/x']);
    expect(siteWords({ ...none, shown: 'www.mfa.gov.kz.help-evac.com' })).toMatch(/This is the site .?help-evac\.com/);
    expect(siteWords({ ...none, shown: 'www.help-evac.com' })).toBe('');
  });

  it('has its letters of another alphabet named, and so have the words', () => {
    expect(falseInWords(passage('Cлово', { false_letters: 'C' }))).toMatch(/another alphabet in these words: .?C/);
    expect(falseInWords(passage('Слово'))).toBe('');
  });
});

describe('a text that the app writes', () => {
  it('is called the app’s, and neither a word of the ministry nor a danger', () => {
    expect(title('app-text')).toBe('The app writes this, not the ministry');
    expect(more('app-text')).not.toMatch(/pay|Do not/);
    expect(ageOf(checked['app-text']!)).toBe('');
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
    expect(moreOf(found, reach)).toContain('may have said something newer');
    expect(moreOf({ ...found, is_fresh: true }, reach)).toBe('');
    expect(moreOf({ ...found, heard: null }, reach), 'a guide of the app').toContain('something newer');
  });

  it('tells its age with each answer that hangs on it, a fresh yes too', () => {
    for (const verdict of [
      'word_for_word',
      'part',
      'own_contacts',
      'page_unknown',
      'no_such_word',
      'cannot_know',
    ] as const)
      expect(ageOf(answer({ verdict, passages: [own] })), verdict).toMatch(/^The list was updated .+\.$/);
    expect(ageOf(checked['999']!)).toBe('');
    expect(ageOf(answer({ verdict: 'word_for_word', heard: null }))).toBe('');
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
  });
});

describe('what somebody added to the ministry’s words', () => {
  const own = passage('Stay inside', { said, is_its_own: true });
  const named = { ...none, shown: '+44 20 7946 0100', dial: '+442079460100' };
  const line = { ...named, name: { kk: 'Желі', ru: 'Линия', en: 'Line' } };
  const site = { ...line, shown: 'gov.kz', dial: null };
  const foreign = { ...named, name: null, dial: null };
  const contacts = passage('Consulate: +44 20 7946 0100, gov.kz', { numbers: [line], links: [site] });
  const told = (verdict: Answer['verdict'], passages: Answer['passages'], over: Partial<Answer> = {}) => {
    const asked = answer({ verdict, passages, ...over });
    return `${titleOf(asked, crisis)}. ${moreOf(asked, reach)}`;
  };

  it.each(['kk', 'ru', 'en'] as const)('is warned of by what it is (%s)', (lang) => {
    app.view = { ...crisis, lang };
    const noCall = { kk: /[Ққ]оңырау шалмаңыз/, ru: /[Нн]е звоните/, en: /[Dd]o not call/ }[lang];
    const noPay = { kk: /төлемеңіз/, ru: /платите/, en: /pay/ }[lang];
    const theirs = {
      kk: /сілтеме — министрліктікі/,
      ru: /ссылка здесь — министерства/,
      en: /link in it is the ministry’s/,
    }[lang];
    const part = { kk: /бөлігі ғана/, ru: /только часть/, en: /Only a part/ }[lang];
    const none = { kk: /мұндай хабар таратпаған/, ru: /такого слова нет/, en: /did not say this/ }[lang];

    const words = told('part', [passage('Mum:'), own]);
    expect(words).toMatch(part);
    expect(words).not.toMatch(noCall);
    expect(words).not.toMatch(theirs);

    const withContacts = told('part', [own, contacts]);
    expect(withContacts).toMatch(part);
    expect(withContacts).toMatch(theirs);
    expect(withContacts).not.toMatch(noCall);

    const withForeign = told('part', [own, { ...contacts, numbers: [line, foreign] }]);
    expect(withForeign).toMatch(noCall);
    expect(withForeign).not.toMatch(theirs);

    for (const verdict of ['no_such_word', 'part'] as const) {
      const contactsAlone = told(verdict, [contacts]);
      expect(contactsAlone).toMatch(none);
      expect(contactsAlone).toMatch(theirs);
      expect(contactsAlone).toMatch(noPay);
      expect(contactsAlone).not.toMatch(noCall);
      expect(told(verdict, [passage('+44', { numbers: [foreign] })])).toMatch(noCall);
    }
    const old = told('cannot_know', [contacts], { is_fresh: false });
    expect(old).toMatch(theirs);
    expect(old).not.toMatch(noCall);
    expect(told('cannot_know', [passage('A flight')], { is_fresh: false })).toMatch(noCall);
    expect(told('own_contacts', [contacts])).not.toMatch(noPay);
  });

  it('is what the ministry’s own words have in them no more than they', () => {
    const call = passage('Call: +7 7172 72 01 11.', { said, is_its_own: true, numbers: [foreign] });
    expect(told('part', [passage('Mum:'), call])).not.toContain('pay');
  });

  it('is called somebody else’s beside true words, and no word of the ministry’s alone', () => {
    expect(unsaidWords(answer({ verdict: 'part', passages: [passage('Mum:'), own] }), passage('Mum:'))).toBe(
      'Somebody else added this',
    );
    expect(unsaidWords(answer({ passages: [passage('A flight')] }), passage('A flight'))).toBe(
      'The ministry did not say this',
    );
    expect(unsaidWords(answer({ verdict: 'cannot_know', is_fresh: false, passages: [own] }), own)).toBe(
      'It cannot be known now',
    );
  });

  it('says in one title of a number and a link that both are the ministry’s', () => {
    const title = (one: Partial<Passage>) =>
      titleOf(answer({ verdict: 'own_contacts', passages: [passage('…', { is_its_own: true, ...one })] }), crisis);
    expect(title({ numbers: [line] })).toBe('Yes, this is the ministry’s number');
    expect(title({ links: [site] })).toBe('Yes, this is the ministry’s link');
    expect(title({ numbers: [line], links: [site] })).toBe('Yes, these are the ministry’s contacts');
  });
});

describe('a sentence that several entries say', () => {
  it('names what the others are about', () => {
    expect(alsoWords(passage('…', { also: [] }))).toBe('');
    const words = alsoWords(passage('…', { also: [{ en: 'Qatar' }, { en: 'Bahrain' }] }));
    expect(words).toMatch(/^Also said of: .?Qatar.?, .?Bahrain/);
  });
});

describe('a sentence of the ministry', () => {
  it('says of where it is and until when it holds', () => {
    expect(saidWords(said)).toContain('United Arab Emirates');
    expect(holdsWords(said, false)).toMatch(/^In force until: .*20:00/);
  });

  it.each([
    ['15:07', 'ге'],
    ['15:30', 'ға'],
    ['16:40', 'қа'],
    ['18:00', 'ге'],
    ['18:15', 'ке'],
  ])('says up to %s as Kazakh does', (time, ending) => {
    app.view = { ...crisis, lang: 'kk' };
    const [hour, minute] = time.split(':').map(Number);
    const at = new Date(Date.UTC(2026, 2, 1, hour! - 4, minute)).toISOString();
    expect(holdsWords({ ...said, holds: { state: 'in_force', at } }, false)).toMatch(
      new RegExp(`${time}-${ending} дейін( \\(.+\\))? күшінде$`),
    );
  });

  it('says since when it is over, and the title says that it is', () => {
    const over = { ...said, holds: { state: 'expired' as const, at: '2026-03-01T10:08:00Z' } };
    expect(holdsWords(over, false)).toMatch(/^Over since: /);
    const words = answer({ verdict: 'word_for_word', passages: [passage('…', { said: over, is_its_own: true })] });
    expect(titleOf(words, crisis)).toContain('over');
  });

  it('is to be taken as in force where it ran out and the ministry was not heard since', () => {
    const ranOut = { ...said, holds: { state: 'expired' as const, at: '2026-03-01T10:08:00Z' } };
    const asked = answer({
      verdict: 'word_for_word',
      heard: '2026-03-01T09:00:00Z',
      passages: [passage('…', { said: ranOut, is_its_own: true })],
    });
    const offline = { link: 'unreachable' as const };
    expect(isUnheard(ranOut, asked, offline)).toBe(true);
    expect(isUnheard(ranOut, asked, reach), 'heard now').toBe(false);
    expect(isUnheard(ranOut, { ...asked, heard: '2026-03-01T10:10:00Z' }, offline)).toBe(false);
    expect(titleOf(asked, { ...crisis, contact: offline })).toMatch(/treat them as in force/);
    expect(holdsWords(ranOut, true)).toMatch(/^Ran out: .*Treat it as in force\.$/);
  });

  it('is as old as the app where it came with it', () => {
    const guide = { ...said, about: [{ en: 'Flood' }], issued_at: null, holds: null };
    expect(saidWords(guide)).toMatch(/Flood.*· in this app’s own advice$/u);
  });

  it('names whose alert is passed on', () => {
    expect(saidWords({ ...said, relayed: 'Kazhydromet' })).toContain('Kazhydromet');
    expect(saidWords({ ...said, relayed: '' })).toContain('another authority');
    const alert = passage('Ice', { said: { ...said, relayed: 'Kazhydromet' }, is_its_own: true });
    expect(titleOf(answer({ verdict: 'word_for_word', passages: [alert] }), crisis)).toContain('passed this on');
  });
});
