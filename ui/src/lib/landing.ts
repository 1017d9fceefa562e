// Where what has the focus leaves the page, the focus goes to what stands there then: a keyboard and a screen reader go on.
import { tick } from 'svelte';
import { screenLoaded } from './parts/lazy-screen';

const TYPED = 'input, textarea, select';
const READ = 'h1, h2, h3, p, a[href], button, summary, input, textarea, select';

/** What is gone, in what it stood, what stood there with it and stays, and what came behind it; then what that stood in. */
type Left = { parent: Element; stays: Element[]; behind: Element | null; around: Left | null };

let focused: Element | null = null;

export function watchLeaving(): void {
  addEventListener('focusin', ({ target }) => (focused = target instanceof Element ? target : null));
  // whoever presses beside everything has left it; what is disabled while it is saved was not left
  addEventListener('focusout', ({ target }) =>
    queueMicrotask(() => {
      const isLeft = target === focused && document.hasFocus() && document.activeElement === document.body;
      if (isLeft && focused?.isConnected && !focused.matches(':disabled')) focused = null;
    }),
  );
  new MutationObserver((records) => {
    const lost = focused;
    if (lost === null || lost.isConnected) return;
    focused = null;
    const left = leftOf(lost, records);
    if (left) void settled().then(() => land(left));
  }).observe(document.body, { childList: true, subtree: true });
}

/** What is opened has loaded, and has taken the focus where it takes it itself. */
async function settled(): Promise<void> {
  await tick();
  await screenLoaded();
  await new Promise((done) => setTimeout(done));
}

function leftOf(lost: Element, records: MutationRecord[]): Left | null {
  const holds = ({ removedNodes }: MutationRecord) => [...removedNodes].some((node) => node.contains(lost));
  // what it stood in may have been taken out of something that went too
  const record = [...records].reverse().find((one) => holds(one) && one.target.isConnected);
  if (!record || !(record.target instanceof Element)) return null;
  const parent = record.target;
  const came = records.filter(({ target }) => target === parent).flatMap(({ addedNodes }) => [...addedNodes]);
  const stays = partsOf(parent).filter((one) => !came.includes(one));
  let behind: Node | null = record.nextSibling;
  while (behind && !(behind instanceof Element && stays.includes(behind))) behind = behind.nextSibling;
  return { parent, stays, behind, around: aroundOf(parent) };
}

/** A form gives a field of that name for its `children`. */
const partsOf = (one: Element): Element[] => [...one.childNodes].filter((node) => node instanceof Element);

/** As it was then: what is gone may take more with it a moment later. */
function aroundOf(one: Element): Left | null {
  const parent = one.parentElement;
  if (parent === null || parent === document.body) return null;
  return { parent, stays: partsOf(parent), behind: one.nextElementSibling, around: aroundOf(parent) };
}

const inSight = (one: HTMLElement): boolean => one.offsetParent !== null && !one.matches(':disabled');

/** Where somebody who comes to it begins: in a form at its first field. */
function beginning(one: Element): HTMLElement | undefined {
  const first = (which: string) =>
    [one, ...one.querySelectorAll(which)].find(
      (found): found is HTMLElement => found instanceof HTMLElement && found.matches(which) && inSight(found),
    );
  return (one.closest('form') ? first(TYPED) : undefined) ?? first(READ);
}

/** What came in its place, else what came behind it or before it, else what all that stands in. */
function land({ parent, stays, behind, around }: Left): void {
  if (document.activeElement !== document.body) return;
  if (!parent.isConnected && around) return land(around);
  const main = document.querySelector('main');
  if (!main?.contains(parent)) return document.getElementById('call-bar')?.focus();
  const came = partsOf(parent).filter((one) => !stays.includes(one));
  const before = behind ? stays.slice(0, stays.indexOf(behind)) : stays;
  const after = behind ? stays.slice(stays.indexOf(behind)) : [];
  for (const one of [...came, ...after, ...before.reverse()]) {
    const to = one.isConnected && beginning(one);
    if (to) return take(to);
  }
  if (parent === main || !around) return main.focus({ preventScroll: true });
  land(around);
}

/** It comes into sight, if it is not there already. */
function take(to: HTMLElement): void {
  if (!to.matches('a, button, summary, input, textarea, select')) to.tabIndex = -1;
  to.focus({ preventScroll: !to.matches(TYPED) });
  to.scrollIntoView({ block: 'nearest' });
}
