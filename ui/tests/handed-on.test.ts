// Every text that the app hands on, as a traveller would paste it back into "Is this from the ministry?". They are kept for
// the companion's own test, which asks it of each.
import { afterEach, expect, it } from 'vitest';
import type { AdvisoryView, Answer, Lang } from '../src/lib/api';
import { app } from '../src/lib/state.svelte';
import { advisoryAsText } from '../src/lib/words/advisory-text';
import { locales } from '../src/lib/words';
import { noWordText } from '../src/lib/words/no-word-text';
import { printed } from '../src/lib/words/printed';
import { topicAsText } from '../src/lib/words/topic-text';
import { replyTo } from '../src/lib/words/verified';
import { topicIn } from '../src/lib/words/language-of';
import { sources } from './messages';
import { advisory, readIn, relayed } from './sample/advisories';
import { answer, passage, said } from './sample/checked';
import { shipped } from './sample/guidance';
import { views } from './sample/views';

afterEach(() => (app.view = null));

const LAST_YEAR = '2025-12-30T10:08:00Z';

/** As each of them may stand when it is handed on. */
const own: AdvisoryView[] = [
  advisory,
  { ...advisory, state: 'upcoming', begins: '2026-03-02T04:00:00Z', expires: '2026-03-03T04:00:00Z' },
  { ...advisory, issued_at: LAST_YEAR, state: 'ended', is_over: true },
];
const ofOthers: AdvisoryView[] = [relayed, { ...relayed, relayed: { ...relayed.relayed!, sender: '' } }];
/** Each has the same lines around its own words, which the companion reads itself. */
const topics = shipped.filter(({ private: isPrivate }) => !isPrivate).slice(0, 2);

/** Of which the text tells. */
const times = ({ issued_at, begins, expires }: AdvisoryView) => ({ issued_at, begins, expires });

/** A sentence of the ministry that holds, one that is over, and one of somebody else. */
const [holds, over, added] = [
  passage('…', { said, is_its_own: true }),
  passage('…', { said: { ...said, holds: { state: 'ended', at: LAST_YEAR } }, is_its_own: true }),
  passage('…'),
];
const judged: Answer[] = [
  answer({ verdict: 'no_such_word', passages: [added] }),
  answer({ verdict: 'part', passages: [holds, added] }),
  answer({ verdict: 'word_for_word', passages: [over] }),
  answer({ verdict: 'part', passages: [over, added] }),
  answer({ verdict: 'part', passages: [holds, over] }),
];

function handedOn(lang: Lang) {
  const warned = (of: string, all: AdvisoryView[]) =>
    all
      .map((one) => readIn(one, lang))
      .map((one) => ({ of, text: advisoryAsText(one, one.texts[0]!), times: times(one) }));
  return [
    ...warned('advisory', own),
    ...warned('relayed', ofOthers),
    ...topics.map((topic) => ({ of: 'topic', text: topicAsText(topic, topicIn(topic, lang)) })),
    ...[1, 2].map((people) => ({ of: 'no-word', text: noWordText(people) })),
    ...judged.map((one) => ({ of: 'reply', text: replyTo(one, { link: 'connected' }) })),
  ].map((one) => ({ lang, ...one }));
}

it('is known to whoever asks whose it is', async () => {
  const all = locales.flatMap((lang) => {
    app.view = { ...views.crisis, lang };
    return handedOn(lang);
  });
  const texts = { own: advisory.texts, relayed: relayed.texts };
  const kept = JSON.stringify({ printed: printed(), said: texts, handed_on: all }, null, 1);
  await expect(`${kept}\n`).toMatchFileSnapshot('../../crates/companion/src/tests/handed-on.json');
});

it('is each of the kinds that the screens hand on', () => {
  const code = sources(new URL('../src/', import.meta.url)).join('\n');
  const kinds = [...code.matchAll(/<HandOn\s+name="([\w-]+)"/g)].map(([, name]) => name).sort();
  // what is told to the family is written, and tested, in Rust
  expect(kinds).toEqual(['advisory', 'family', 'no-word', 'topic', 'verify']);
});
