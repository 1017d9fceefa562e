import { parse, type Route } from './routes';

class Router {
  route = $state.raw<Route>(parse(location.hash));
}

export const router = new Router();

export function startRouter(): void {
  addEventListener('hashchange', () => (router.route = parse(location.hash)));
}

export function go(hash: string): void {
  location.hash = hash;
}
