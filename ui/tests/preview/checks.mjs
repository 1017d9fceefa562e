// What must hold of a picture of any page of ours: axe finds nothing, and every word fits. The console's pictures ask it too.
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const FIRST = 3;

/** `axe` is its source; `free` selects what may be wider than its box. */
export async function faultsOf(page, axe, free) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate((rules) => window.axe.run({ runOnly: rules }), RULES);
  const said = ({ html, failureSummary }) => `${html.slice(0, 140)} | ${failureSummary.slice(0, 200)}`;
  const found = violations.map(({ id, nodes }) => `axe ${id}: ${nodes.slice(0, FIRST).map(said).join('\n   ')}`);
  const wide = await page.evaluate(spilling, free);
  return wide.length > 0 ? [...found, `does not fit: ${wide.slice(0, 2 * FIRST).join('\n   ')}`] : found;
}

/** Runs in the page. */
function spilling(free) {
  return [...document.querySelectorAll('body *')]
    .filter(
      (one) =>
        one.scrollWidth > one.clientWidth + 1 &&
        one.clientWidth > 1 &&
        getComputedStyle(one).display !== 'inline' &&
        !one.closest(free),
    )
    .map((one) => `${one.tagName}.${one.className}: ${one.textContent.trim().slice(0, 60)}`);
}
