// What must hold of a picture of any page of ours: axe finds nothing, and every word fits. The console's pictures ask it too.
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const FIRST = 3;
/** Of a target that is half under the dock: it comes from there as the page scrolls. */
const SCROLLS = /partially obscured/;

/** `axe` is its source; `free` selects what may be wider than its box. */
export async function faultsOf(page, axe, free) {
  await page.evaluate(axe);
  return [...(await axeFaults(page, RULES)), ...(await lineFaultsOf(page, free))];
}

/** What depends on the window and the size of text alone, where axe is on the page already. */
export async function sizeFaultsOf(page, free) {
  return [...(await axeFaults(page, { type: 'rule', values: ['target-size'] })), ...(await lineFaultsOf(page, free))];
}

async function axeFaults(page, rules) {
  const { violations } = await page.evaluate((runOnly) => window.axe.run({ runOnly }), rules);
  const said = ({ html, failureSummary }) => `${html.slice(0, 140)} | ${failureSummary.slice(0, 200)}`;
  return violations
    .map(({ id, nodes }) => ({ id, nodes: nodes.filter(({ failureSummary }) => !SCROLLS.test(failureSummary)) }))
    .filter(({ nodes }) => nodes.length > 0)
    .map(({ id, nodes }) => `axe ${id}: ${nodes.slice(0, FIRST).map(said).join('\n   ')}`);
}

const LOOKS = {
  'does not fit': spilling,
  'broken word': broken,
  'lone dot': dots,
  'cut code': cutCodes,
  'stuck to a button': stuck,
  'one sentence of two links': runTogether,
  'beside its ring': besideRing,
  'another typeface': otherTypefaces,
  'number in two lines': brokenNumbers,
  'day away from its place': strayDays,
  'a line of buttons that is not full': halfLines,
};

/** What does not fit, and where lines break. */
async function lineFaultsOf(page, free) {
  const faults = [];
  for (const [what, look] of Object.entries(LOOKS)) {
    const found = await page.evaluate(look, free);
    if (found.length > 0) faults.push(`${what}: ${found.slice(0, 2 * FIRST).join('\n   ')}`);
  }
  return faults;
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

/** Runs in the page: codes for a camera that stand out of what they stand in, or are too small for it. */
function cutCodes() {
  return [...document.querySelectorAll('.qr')]
    .filter((code) => {
      const [{ left, right, width, height }, card] = [code, code.parentElement].map((one) =>
        one.getBoundingClientRect(),
      );
      const { paddingLeft, paddingRight } = getComputedStyle(code.parentElement);
      const isIn =
        left >= card.left + Number.parseFloat(paddingLeft) && right <= card.right - Number.parseFloat(paddingRight);
      return !isIn || Math.abs(width - height) > 1 || width < 128;
    })
    .map((code) => code.getAttribute('aria-label'));
}

/** Runs in the page: what is said of buttons, and touches them. */
function stuck() {
  const said = [
    ...document.querySelectorAll(':is(.choices, .chips, .button) + .meta, :is(.choices, .chips) + * > .meta'),
  ];
  const above = (one) =>
    (one.previousElementSibling ?? one.parentElement.previousElementSibling).getBoundingClientRect();
  return said
    .filter((one) => one.offsetParent !== null && one.getBoundingClientRect().top < above(one).bottom + 4)
    .map((one) => one.textContent.trim().slice(0, 60));
}

/** Runs in the page: what opens one thing, and in its line, as if it went on, what opens another. */
function runTogether() {
  const box = (one) => one.getBoundingClientRect();
  return [...document.querySelectorAll('.text-action + .text-action')]
    .filter((one) => {
      const [before, after] = [one.previousElementSibling, one].map(box);
      return before.width > 0 && after.top < before.bottom && after.left < before.right + 16;
    })
    .map((one) => one.textContent.trim().slice(0, 60));
}

/** Runs in the page: days of a trip in brief that stand under nothing of it. */
function besideRing() {
  const middle = (one) => (one.getBoundingClientRect().left + one.getBoundingClientRect().right) / 2;
  const near = 0.75 * Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  return [...document.querySelectorAll('.brief-words span')]
    .filter((one) => {
      const { left, right, width } = one.getBoundingClientRect();
      const rings = [...one.closest('.brief').querySelectorAll('.stop')].map(middle);
      const isUnder = (ring) =>
        Math.abs(ring - middle(one)) < 2 ||
        (ring > left && ring < left + near) ||
        (ring < right && ring > right - near);
      return width > 0 && one.textContent !== '' && !rings.some(isUnder);
    })
    .map((one) => one.textContent);
}

/** Runs in the page. */
function brokenNumbers() {
  return [...document.querySelectorAll('.phone-number, .number-large')]
    .filter((one) => new Set([...one.querySelectorAll('span')].map((part) => part.offsetTop)).size > 1)
    .map((one) => one.textContent);
}

/** Runs in the page: days of a trip's line that stand above their place, and begin elsewhere. */
function strayDays() {
  const box = (one) => one.getBoundingClientRect();
  const range = document.createRange();
  return [...document.querySelectorAll('.stop-when')]
    .filter((one) => {
      const place = box(one.parentElement.querySelector('.stop-what'));
      range.selectNodeContents(one.querySelector('.when-day') ?? one);
      const { width, left, bottom } = range.getBoundingClientRect();
      return width > 0 && bottom <= place.top + 1 && Math.abs(left - place.left) > 2;
    })
    .map((one) => one.textContent.trim());
}

/** Runs in the page: what is typed into in other letters than the page's. */
function otherTypefaces() {
  const family = (one) => getComputedStyle(one).fontFamily;
  return [...document.querySelectorAll('input, textarea, select, button')]
    .filter((one) => family(one) !== family(document.body))
    .map((one) => `${one.tagName} ${one.id}`);
}

/** Runs in the page. */
function halfLines() {
  const box = (one) => one.getBoundingClientRect();
  return [...document.querySelectorAll('.button-row > *')]
    .filter((one) => {
      const [{ top, right, width }, next] = [box(one), one.nextElementSibling];
      const isLast = next === null || box(next).top > top + 1;
      return width > 0 && isLast && right < box(one.parentElement).right - 1;
    })
    .map((one) => one.textContent.trim());
}

/** Runs in the page: words that go on in the next line without a hyphen. An address or a code has no better place. */
function broken() {
  const found = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  for (let text = texts.nextNode(); text !== null; text = texts.nextNode()) {
    if (!text.parentElement.checkVisibility() || text.parentElement.closest('.hidden, svg, script')) continue;
    for (const { 0: word, index } of text.data.matchAll(/[\p{Script=Cyrillic}\p{Script=Latin}\p{M}]{2,}/gu)) {
      const [before] = /\S*$/u.exec(text.data.slice(0, index));
      const [after] = /^\S*/u.exec(text.data.slice(index + word.length));
      if (/[\d/@_]|\.$/u.test(before) || /[\d/@_]|^\.\p{L}/u.test(after)) continue;
      range.setStart(text, index);
      range.setEnd(text, index + word.length);
      const tops = new Set([...range.getClientRects()].map(({ top }) => Math.round(top)));
      if (tops.size > 1) found.push(`${word} in ${text.parentElement.className}: ${text.data.trim().slice(0, 60)}`);
    }
  }
  return found;
}

/** Runs in the page: dots between two facts that stand at the begin or the end of a line. */
function dots() {
  const found = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  const boxAt = (text, at) => {
    range.setStart(text, at);
    range.setEnd(text, at + 1);
    return range.getBoundingClientRect();
  };
  const blockOf = (one) => {
    while (getComputedStyle(one).display.startsWith('inline')) one = one.parentElement;
    return one;
  };
  for (let text = texts.nextNode(); text !== null; text = texts.nextNode()) {
    const parent = text.parentElement;
    if (!text.data.includes('·') || !parent.checkVisibility() || parent.closest('.hidden, svg, script')) continue;
    const letters = document.createTreeWalker(blockOf(parent), NodeFilter.SHOW_TEXT);
    const boxes = [];
    for (let near = letters.nextNode(); near !== null; near = letters.nextNode())
      for (let at = 0; at < near.data.length; at += 1)
        if (/\S/u.test(near.data[at])) boxes.push([near.data[at], boxAt(near, at)]);
    const onOneLine = (one, other) =>
      other !== undefined && Math.min(one.bottom, other.bottom) > Math.max(one.top, other.top);
    boxes.forEach(([letter, box], at) => {
      if (letter !== '·' || box.width === 0) return;
      if (!onOneLine(box, boxes[at - 1]?.[1]) || !onOneLine(box, boxes[at + 1]?.[1]))
        found.push(`${parent.className}: ${parent.textContent.trim().slice(0, 80)}`);
    });
  }
  return [...new Set(found)];
}
