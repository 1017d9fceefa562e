// What a mission offers; what the ministry itself offers has no mission.
import type { ChatView, Contacts, Lang, LineView, MissionView } from './api';
import { app } from './state.svelte';
import { pick } from './words';

/** The country whose ministry this is. */
export const isHome = (country: string | null | undefined): boolean =>
  country != null && country === app.view?.ministry?.home_country;

export const linesOf = ({ lines }: Contacts, mission: string | null): LineView[] =>
  lines.filter((line) => line.mission === mission);

/** Lines are called alike at every mission: whose each is tells them apart. */
export function called({ missions }: Contacts, line: LineView): string {
  const mission = missions.find(({ id }) => id === line.mission);
  return mission ? `${pick(line.name)}. ${pick(mission.name)}` : pick(line.name);
}

export const chatsOf = ({ chats }: Contacts, mission: string | null): ChatView[] =>
  chats.filter((chat) => chat.mission === mission);

/** By country, then by city, as the reader spells them. */
export function byPlace(missions: MissionView[], lang: Lang): MissionView[] {
  const place = ({ country, city }: MissionView) => `${country[lang] ?? ''} ${city[lang] ?? ''}`;
  return [...missions].sort((one, other) => place(one).localeCompare(place(other), lang));
}
