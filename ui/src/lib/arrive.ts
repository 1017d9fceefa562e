// Where a page begins for whoever opens it, and where it goes on for whoever comes back to it.

const MOVES = ['wheel', 'touchstart', 'pointerdown', 'keydown'];

const inSight = (one: HTMLElement): boolean => one.offsetParent !== null;

/** A page that is opened is read from its title, or typed into. */
export function begin(main: HTMLElement): void {
  main.scrollTop = 0;
  const title = [...main.querySelectorAll<HTMLElement>('h1')].reverse().find(inSight);
  const typed = main.querySelector<HTMLElement>('[data-first]');
  (typed ?? title ?? main).focus({ preventScroll: true });
  // where text is large for the window it stands further down
  typed?.scrollIntoView({ block: 'nearest' });
}

/** What it stood in is open again. */
function linkTo(main: HTMLElement, hash: string): HTMLElement | undefined {
  const links = [...main.querySelectorAll('a')].filter((one) => one.getAttribute('href') === hash);
  links.forEach((one) => one.closest('details')?.setAttribute('open', ''));
  return links.find(inSight);
}

/**
 * Goes on at what led to the page `left`, and as far down as before. What is read later makes the page as high as it was:
 * until then, and for as long as nobody moves it.
 */
export function goOn(main: HTMLElement, top: number, left: string): () => void {
  begin(main);
  let focused = document.activeElement;
  const grown = new ResizeObserver(() => {
    const link = linkTo(main, left);
    main.scrollTop = top;
    if (link && document.activeElement === focused) link.focus({ preventScroll: true });
    focused = document.activeElement;
    if (link && Math.abs(main.scrollTop - top) < 1) end();
  });
  const end = () => {
    grown.disconnect();
    for (const move of MOVES) removeEventListener(move, end, true);
  };
  for (const move of MOVES) addEventListener(move, end, true);
  for (const part of main.children) grown.observe(part);
  return end;
}
