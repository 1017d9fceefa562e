import type { Group, Topic, TopicText } from './api';

const GROUPS: Group[] = ['danger', 'stuck', 'leaving', 'trouble', 'health', 'nature', 'people', 'before', '(other)'];

/** By situation, in the order of the screen. */
export function grouped(topics: Topic[]): { group: Group; topics: Topic[] }[] {
  const ordered = [...topics].sort((one, other) => one.order - other.order);
  const of = (group: Group) => ordered.filter((topic) => topic.group === group);
  return GROUPS.map((group) => ({ group, topics: of(group) })).filter(({ topics }) => topics.length > 0);
}

/** A topic as it is handed on: what to do before why, and who says so. */
export function asText(text: TopicText, titles: { todo: string; why: string; whom: string }, origin: string[]): string {
  const steps = text.steps.map((step, index) => `${index + 1}. ${step}`);
  const part = (title: string, lines: string[]) => [title, ...lines].join('\n');
  const parts = [
    part(text.title, [text.summary]),
    part(titles.todo, steps),
    part(titles.why, [text.why]),
    part(titles.whom, [text.whom]),
  ];
  return [...parts, origin.join('\n')].join('\n\n');
}
