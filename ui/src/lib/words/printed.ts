// What the screens show with the ministry's words, in each language of the app: who copies a page copies it too.
import type { Lang, Printed, Severity, Topic, With } from '../api';
import { civilDate, day } from './calendar';
import { levels, severityWords } from './codes';
import { locales, m } from './index';
import { nowHere } from './when';

const severities = Object.keys(severityWords) as Severity[];

function checked(topic: Topic, lang: Lang): string[] {
  const at = civilDate(topic.reviewed);
  return at === null ? [] : [m.topic_reviewed({ date: day(lang, at, nowHere()) }, { locale: lang })];
}

function printedIn(lang: Lang, topics: Topic[]): Printed[] {
  const options = { locale: lang };
  const shown = (all: string[], beside: With) => all.map((words) => ({ words, with: beside }));
  return [
    ...shown([m.advisory_do({}, options), m.advisory_why({}, options)], { kind: 'warning' }),
    ...severities.flatMap((severity) => shown([severityWords[severity]({}, options)], { kind: 'severity', severity })),
    ...levels.flatMap((words, index) => shown([words({}, options)], { kind: 'level', level: index + 1 })),
    ...shown([m.topic_do({}, options), m.topic_why({}, options), m.topic_whom({}, options)], { kind: 'topic' }),
    ...shown([...new Set(topics.flatMap((topic) => checked(topic, lang)))], { kind: 'topic' }),
  ];
}

/** Of all that the ministry may say. */
export const printed = (topics: Topic[]): Printed[] => locales.flatMap((lang) => printedIn(lang, topics));
