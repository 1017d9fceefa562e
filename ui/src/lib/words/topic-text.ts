// A topic as it is handed on: what to do before why, and who says so.
import type { Topic, TopicText } from '../api';
import { m } from './index';
import { dateWords } from './when';

export const reviewedWords = ({ reviewed }: Topic): string => m.topic_reviewed({ date: dateWords(reviewed) });

export function topicAsText(topic: Topic, text: TopicText): string {
  const steps = text.steps.map((step, index) => `${index + 1}. ${step}`);
  const sources = topic.sources.map(({ title, url }) => `${title}: ${url}`);
  const parts = [
    [text.title, text.summary],
    [m.topic_do(), ...steps],
    [m.topic_why(), text.why],
    [m.topic_whom(), text.whom],
    [reviewedWords(topic), ...sources],
  ];
  return parts.map((lines) => lines.join('\n')).join('\n\n');
}
