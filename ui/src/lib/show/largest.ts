// The largest letters in which everything has room on the screen.
const LEAST = 20;
const MOST = 72;
const STEP = 2;
const BELOW = 12;

/** What is left of the screen for a card where it begins, in pixels. */
export function roomOf(card: HTMLElement): number {
  const main = card.closest('main');
  if (!main) return 0;
  const begins = card.getBoundingClientRect().top - main.getBoundingClientRect().top + main.scrollTop;
  return main.clientHeight - begins - BELOW;
}

const isWhole = (line: Element): boolean => line.scrollWidth <= line.clientWidth;

/** In pixels; the least where there is no room for more. */
export function largest(card: HTMLElement, room: number): number {
  const { fontSize, minHeight } = card.style;
  card.style.minHeight = '0';
  let size = MOST;
  for (; size > LEAST; size -= STEP) {
    card.style.fontSize = `${size}px`;
    if (card.offsetHeight <= room && [...card.children].every(isWhole)) break;
  }
  Object.assign(card.style, { fontSize, minHeight });
  return size;
}
