// The room on screen follows the address.
import { href, parse, type Route } from './routes';

class Router {
  route = $state.raw<Route>(parse(location.hash));
}
export const router = new Router();

export function startRouter(): void {
  addEventListener('hashchange', () => (router.route = parse(location.hash)));
}

export const go = (route: Route): void => void (location.hash = href(route));
