// What a mission offers; what the ministry itself offers has no mission.
import type { ChatView, Contacts, Lang, LineView, MissionView, TextWay } from './api';

export const linesOf = ({ lines }: Contacts, mission: string | null): LineView[] => lines.filter((line) => line.mission === mission);

export const chatsOf = ({ chats }: Contacts, mission: string | null): ChatView[] => chats.filter((chat) => chat.mission === mission);

/** How to ask what is not urgent: speak where the office answers, write where it does not or the traveller prefers to. */
export type Ask = { line: LineView; way: { kind: 'voice'; number: string } | TextWay };

export function askOf(lines: LineView[], prefersText: boolean): Ask | null {
  const offices = lines.filter((line) => line.kind === 'office');
  const line = offices.find((one) => one.open) ?? offices.find((one) => one.text) ?? null;
  if (!line) return null;
  if (line.text && (prefersText || !line.open)) return { line, way: line.text };
  return line.open ? { line, way: { kind: 'voice', number: line.number } } : null;
}

/** By country, then by city, as the reader spells them. */
export function byPlace(missions: MissionView[], lang: Lang): MissionView[] {
  const place = ({ country, city }: MissionView) => `${country[lang]} ${city[lang]}`;
  return [...missions].sort((one, other) => place(one).localeCompare(place(other), lang));
}
