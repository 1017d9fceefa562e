import { href, parse, type Route } from './routes';

/** The address of the list of advice, unlike the one its links have, so that they still lead there from it. */
const UNNAMED = '#/guidance/';

class Router {
  route = $state.raw<Route>(parse(location.hash));
}

export const router = new Router();

export function startRouter(): void {
  // by now the page may have forgotten the address it was opened by
  addEventListener('hashchange', ({ newURL }) => follow(new URL(newURL).hash));
  // between two entries of one address only this is heard
  addEventListener('popstate', () => follow(location.hash));
}

function follow(hash: string): void {
  const next = parse(hash);
  if (href(next) !== href(router.route)) router.route = next;
}

/** Goes to an address; with `replace` it takes the place of the one that is left, and back does not return there. */
export function go(hash: string, replace = false): void {
  if (replace) location.replace(hash);
  else location.hash = hash;
}

/** Takes the address of what is on screen out of history: neither back, forward nor a list of visits names it. */
export function forgetAddress(): void {
  history.replaceState(null, '', UNNAMED);
}

/** Shows a page that history never hears of: it replaces the entry of the page it is opened from, unnamed. */
export function show(route: Route): void {
  forgetAddress();
  router.route = route;
}
