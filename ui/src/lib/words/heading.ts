// What stands over a warning. Another authority's alert that is not in the reader's language is told by its event and
// place; what it says itself is quoted below.
import type { PartView, WarningText } from '../api';
import { app } from '../state.svelte';
import { m, pick } from './index';
import { isolated } from './isolated';

type Part = Pick<PartView, 'texts' | 'topics' | 'countries' | 'areas'>;

export type Heading = { words: string; lang: string; original: WarningText | null };

/** By the topic that says what to do in it. */
const events: Record<string, () => string> = {
  earthquake: m.event_earthquake,
  sea: m.event_sea,
  flood: m.event_flood,
  heat: m.event_heat,
  ice: m.event_ice,
  fog: m.event_fog,
  wind: m.event_wind,
  fire: m.event_fire,
  'air-raid': m.event_air_raid,
  shooting: m.event_shooting,
  protests: m.event_protests,
  'power-cut': m.event_power_cut,
};

/** Whether words in a language are in the reader's own. */
export const isRead = ({ lang }: { lang: string }): boolean => lang.split('-')[0] === app.lang;

/** `isRelayed`: another authority speaks, and the ministry passes it on. */
export function headingOf(part: Part, isRelayed: boolean): Heading | undefined {
  const text = part.texts[0];
  if (!text) return undefined;
  if (!isRelayed || isRead(text)) return { words: text.headline, lang: text.lang, original: null };
  return { words: told(part), lang: app.lang, original: text };
}

function told({ topics, countries, areas }: Part): string {
  const known = topics.flatMap((topic) => events[topic]?.() ?? []);
  const [first = m.event_other(), ...more] = known;
  const event = [first, ...more.map((one) => one.toLowerCase())].join(', ');
  const readable = areas.filter((area) => app.lang in area);
  const place = (readable.length > 0 ? readable : countries).map(pick).map(isolated).join(', ');
  return place === '' ? event : m.alert_headline({ event, place });
}
