import type { Group, Topic } from './api';

const GROUPS: Group[] = ['danger', 'stuck', 'leaving', 'trouble', 'health', 'nature', 'people', 'before', '(other)'];

/** By situation, in the order of the screen. */
export function grouped(topics: Topic[]): { group: Group; topics: Topic[] }[] {
  const ordered = [...topics].sort((one, other) => one.order - other.order);
  const of = (group: Group) => ordered.filter((topic) => topic.group === group);
  return GROUPS.map((group) => ({ group, topics: of(group) })).filter(({ topics }) => topics.length > 0);
}
