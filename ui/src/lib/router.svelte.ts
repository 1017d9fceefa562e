import { href, parse, type Route } from './routes';

/** The address of the list of advice, unlike the one its links have, so that they still lead there from it. */
const UNNAMED = '#/guidance/';

/** What each entry of history keeps: the address it was opened from, and how many entries lie before it. */
type Opened = { from: string | null; depth: number };

/** Where somebody is on a page: how far they scrolled, and what they looked for. It ends with the app. */
export type Place = { top: number; words: string };

const atTheTop = (): Place => ({ top: 0, words: '' });

class Router {
  route = $state.raw<Route>(parse(location.hash));
  /** Where back leads; null where this page was the first. */
  from = $state.raw<string | null>(null);
  place = $state.raw<Place>(atTheTop());
  /** The page that was left by coming back to this one; null where this one was opened. */
  left = $state.raw<string | null>(null);
}

export const router = new Router();

/** The address on screen as history has it. */
let here = location.hash;
let opened: Opened = { from: null, depth: 0 };
/** By the depth of their entries; null of a page that opens anew though it was open before. */
const places: (Place | null)[] = [];

/** Asks before the page is left, and hears where to. */
let asks: ((to: string) => void) | null = null;
/** History is on its way back to the page that was not left. */
let returning = false;

/** For a page with what is nowhere else yet: until what this gives is called, `ask` decides whether it is left. */
export function beforeLeaving(ask: (to: string) => void): () => void {
  asks = ask;
  return () => {
    if (asks === ask) asks = null;
  };
}

export function startRouter(): void {
  const kept = history.state as Opened | null;
  const first = kept ?? { from: null, depth: 0 };
  history.replaceState(first, '');
  enter(first, kept === null);
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

function enter(next: Opened, isNew: boolean): void {
  opened = next;
  const place = isNew ? null : places[next.depth];
  router.left = place === null ? null : here;
  router.place = place ?? atTheTop();
  places[next.depth] = router.place;
  router.from = next.from;
  here = location.hash;
}

function turnTo(hash: string): void {
  const route = parse(hash);
  if (href(route) !== href(router.route)) router.route = route;
}

/** What a link opened is new and learns from where; an entry that was gone back to knows. */
function follow(hash: string): void {
  const known = history.state as Opened | null;
  // each is heard of twice
  if (known?.depth === opened.depth) returning = false;
  if (known?.depth === opened.depth || returning) return;
  if (asks && (known !== null || hash !== here)) {
    returning = true;
    history.go(known === null ? -1 : opened.depth - known.depth);
    return asks(hash);
  }
  const next = known ?? { from: here, depth: opened.depth + 1 };
  if (known === null) {
    // a link to the page one is on puts its entry anew, and opens no other
    history.replaceState(hash === here ? opened : next, '');
    if (hash === here) return;
  }
  enter(next, known === null);
  turnTo(hash);
}

const types = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.matches('input, textarea, [contenteditable]');

/** Opens the search with what is looked for typed in. */
export function lookUp(words: string): void {
  go(href({ screen: 'search' }));
  router.place.words = words;
}

/** To where this page was opened from; the first page leads nowhere. */
export function back(): void {
  if (router.from !== null) history.back();
}

/**
 * Goes to an address; with `replace` it takes the place of the one that is left, and back does not return there. Whoever
 * was opened from that address goes back to it, and it opens at its top: what was done is told there.
 */
export function go(hash: string, replace = false): void {
  if (asks && hash !== here) return asks(hash);
  if (replace && router.from === hash) {
    places[opened.depth - 1] = null;
    return back();
  }
  if (hash === here) return;
  const next = replace ? opened : { from: here, depth: opened.depth + 1 };
  if (replace) history.replaceState(next, '', hash);
  else history.pushState(next, '', hash);
  enter(next, true);
  turnTo(hash);
}

/** Takes the address of what is on screen out of history: neither back, forward nor a list of visits names it. */
export function forgetAddress(): void {
  history.replaceState(history.state, '', UNNAMED);
  here = UNNAMED;
  forgetWords();
}

/** Shows a page that history never hears of: its entry is unnamed, and back leads to the page it is opened from. */
export function show(route: Route): void {
  const next: Opened = { from: here, depth: opened.depth + 1 };
  forgetWords();
  history.pushState(next, '', UNNAMED);
  enter(next, true);
  router.route = route;
}

/** What was looked for may name what leaves no trace. */
function forgetWords(): void {
  for (const place of places) if (place) place.words = '';
}
