// Where what was found leads: a screen, or a number, which the shell dials as it takes the navigation.
import type { Target } from './api';
import { href, type Route } from './routes';

export const leadsTo = (target: Target): string =>
  target.kind === 'emergency' ? `tel:${target.number}` : href(screenOf(target));

function screenOf(target: Exclude<Target, { kind: 'emergency' }>): Route {
  switch (target.kind) {
    case 'country':
      return { screen: 'country', code: target.code };
    case 'city':
    case 'airport':
      return { screen: 'country', code: target.country };
    case 'mission':
      return { screen: 'mission', id: target.id };
    case 'topic':
      return { screen: 'guidance', id: target.id };
    case 'advisory':
      return { screen: 'advisory', id: target.id };
  }
}
