import { href, parse, type Route } from './routes';

/** The address of the list of advice, unlike the one its links have, so that they still lead there from it. */
const UNNAMED = '#/guidance/';

/** What each entry of history keeps: the address it was opened from. */
type Opened = { from: string | null };

class Router {
  route = $state.raw<Route>(parse(location.hash));
  /** Where back leads; null where this page was the first. */
  from = $state.raw<string | null>(null);
}

export const router = new Router();

/** The address on screen as history has it. */
let here = location.hash;
/** From where the entry was opened whose place the next one takes. */
let replaced: Opened | null = null;

export function startRouter(): void {
  enter({ from: null });
  // by now the page may have forgotten the address it was opened by
  addEventListener('hashchange', ({ newURL }) => follow(new URL(newURL).hash));
  // between two entries of one address only this is heard
  addEventListener('popstate', () => follow(location.hash));
  // a window without buttons of its own has no other key for it
  addEventListener('keydown', (event) => {
    if (event.key !== 'ArrowLeft' || !event.altKey || event.ctrlKey || event.metaKey || types(event.target)) return;
    event.preventDefault();
    back();
  });
}

/** An entry that is new learns from where; one that was gone back to knows. */
function enter(opened: Opened): void {
  if (history.state === null) history.replaceState(opened, '');
  here = location.hash;
  router.from = (history.state as Opened).from;
}

function follow(hash: string): void {
  enter(replaced ?? { from: here });
  replaced = null;
  const next = parse(hash);
  if (href(next) !== href(router.route)) router.route = next;
}

const types = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.matches('input, textarea, [contenteditable]');

/** To where this page was opened from; the first page leads nowhere. */
export function back(): void {
  if (router.from !== null) history.back();
}

/**
 * Goes to an address; with `replace` it takes the place of the one that is left, and back does not return there. Whoever
 * was opened from that address goes back to it.
 */
export function go(hash: string, replace = false): void {
  if (replace && router.from === hash) return back();
  if (replace) {
    replaced = { from: router.from };
    location.replace(hash);
  } else location.hash = hash;
}

/** Takes the address of what is on screen out of history: neither back, forward nor a list of visits names it. */
export function forgetAddress(): void {
  history.replaceState(history.state, '', UNNAMED);
  here = UNNAMED;
}

/** Shows a page that history never hears of: its entry is unnamed, and back leads to the page it is opened from. */
export function show(route: Route): void {
  history.pushState({ from: here } satisfies Opened, '', UNNAMED);
  enter({ from: here });
  router.route = route;
}
