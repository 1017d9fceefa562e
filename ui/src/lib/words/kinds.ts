// Words for the codes that only the screens off the first path show. Each table is complete, or it does not compile.
import { m } from './generated/messages.js';
import type { Group, LineView, Target } from '../api';

type Say = () => string;

export const lineWords: Record<LineView['state'], Say | null> = {
  open: null,
  overloaded: m.line_overloaded,
  closed: m.line_closed,
  moved: m.line_moved,
  '(other)': null,
};

export const groupWords: Record<Group, Say> = {
  danger: m.group_danger,
  stuck: m.group_stuck,
  leaving: m.group_leaving,
  trouble: m.group_trouble,
  health: m.group_health,
  nature: m.group_nature,
  people: m.group_people,
  before: m.group_before,
  '(other)': m.group_other,
};

/** A number says its service. */
export const kindWords: Record<Exclude<Target['kind'], 'emergency'>, Say> = {
  country: m.kind_country,
  city: m.kind_city,
  airport: m.kind_airport,
  mission: m.kind_mission,
  topic: m.kind_topic,
  advisory: m.kind_advisory,
};
