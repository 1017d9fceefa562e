// What the app itself writes with the ministry's words and for travellers, in each of its languages: who copies a page copies
// it too. What differs each time is left open: {when}, {sender}.
import type { Lang, Printed, Severity, With } from '../api';
import { levels, severityWords } from './codes';
import { locales, m } from './index';

const severities = Object.keys(severityWords) as Severity[];

/** To one person, and to several. */
const noWord = (locale: Lang): string[] =>
  [m.checkin_safe_one, m.checkin_safe_many].map((button) =>
    m.noword_text({ app: m.app_name({}, { locale }), button: button({}, { locale }) }, { locale }),
  );

/** What whoever asked writes back to whoever sent it. */
const replies = (lang: Lang): string[] =>
  [m.verify_reply_no, m.verify_reply_part, m.verify_reply_over, m.verify_reply_part_over, m.verify_reply_some_over].map(
    (reply) => reply({ app: m.app_name({}, { locale: lang }) }, { locale: lang }),
  );

/** What the screens say of one's own request. */
const requests = (lang: Lang): string[] =>
  [m.more_received, m.checkin_added_waits, m.delivery_received].map((line) =>
    line({ when: '{when}' }, { locale: lang }),
  );

/** How old a word is, in each form that counting has. */
function ages(lang: Lang): string[] {
  const counts = [1, 2, 5, 21];
  const said = [m.minutes_ago, m.hours_ago, m.days_ago].flatMap((ago) =>
    counts.map((count) => ago({ count }, { locale: lang }).replace(String(count), '{when}')),
  );
  return [...new Set(said)];
}

/** What else stands on the page of a warning and of a topic. */
const onPages = [
  m.tab_now,
  m.tab_guidance,
  m.concerns_here,
  m.concerns_perhaps,
  m.concerns_trip,
  m.concerns_others,
  m.concerns_elsewhere,
  m.aloud_read,
  m.topic_sources,
  m.share,
  m.copy_text,
  m.family_mail,
  m.print,
];

function printedIn(lang: Lang): Printed[] {
  const options = { locale: lang };
  const shown = (all: string[], beside: With) => all.map((words) => ({ words, with: beside }));
  const relayed = [m.advisory_relayed_unnamed({}, options), m.advisory_relayed({ sender: '{sender}' }, options)];
  const when = '{when}';
  const check = m.advisory_check({ app: m.app_name({}, options), check: m.verify_title({}, options) }, options);
  return [
    ...shown([m.advisory_do({}, options), m.advisory_why({}, options), check], { kind: 'warning' }),
    ...shown([m.ministry_word({}, options)], { kind: 'own_warning' }),
    ...shown(relayed, { kind: 'relayed_warning' }),
    ...severities.flatMap((severity) => shown([severityWords[severity]({}, options)], { kind: 'severity', severity })),
    ...levels.flatMap((words, index) => shown([words({}, options)], { kind: 'level', level: index + 1 })),
    ...shown([m.topic_do({}, options), m.topic_why({}, options), m.topic_whom({}, options)], { kind: 'topic' }),
    ...shown([m.topic_reviewed({ date: when }, options)], { kind: 'reviewed' }),
    ...shown([m.advisory_issued({ when }, options)], { kind: 'issued' }),
    ...shown([m.advisory_begins({ when }, options)], { kind: 'begins' }),
    ...shown([m.advisory_ends({ when }, options)], { kind: 'ends' }),
    ...shown([m.advisory_until({ when }, options)], { kind: 'until' }),
    ...shown(ages(lang), { kind: 'age' }),
    ...shown(
      onPages.map((words) => words({}, options)),
      { kind: 'page' },
    ),
    ...shown([...noWord(lang), ...replies(lang), ...requests(lang)], { kind: 'app_text' }),
  ];
}

/** Of all that the ministry may say. */
export const printed = (): Printed[] => locales.flatMap(printedIn);
