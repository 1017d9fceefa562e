// What a way back is called: the tab it leads to by its name, any other page without one.
import { parse, type Tab } from '../routes';
import { m } from './index';

const tabNames: Record<Tab, () => string> = {
  now: m.tab_now,
  trips: m.tab_trips,
  guidance: m.tab_guidance,
  map: m.tab_map,
  contacts: m.tab_contacts,
};

export function backWords(hash: string): string {
  const route = parse(hash);
  const isWithin = route.screen === 'guidance' && route.id !== null;
  return route.screen in tabNames && !isWithin ? tabNames[route.screen as Tab]() : m.back();
}
