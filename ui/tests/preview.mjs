// Looks at the built screens in a browser, with a shell played by samples: `npm run preview -- OUT [NAME] [every]`.
// Every picture is checked by axe, for sideways scrolling, for words that do not fit or break and for lone dots. With
// `every`, each in every language, light and dark, at every width and size of text: only what is wrong is kept.
import { readFileSync, mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import {
  alertViews,
  caseViews,
  checked,
  countries,
  draft,
  erased,
  erasedHere,
  leftBehind,
  factViews,
  found,
  guidance,
  left,
  mapViews,
  pages,
  parties,
  places,
  proposed,
  readIn,
  privacy,
  threads,
  views,
} from './preview/samples.mjs';
import { faultsOf, sizeFaultsOf } from './preview/checks.mjs';
import { dockFaults } from './preview/dock.mjs';
import { serve, shell } from './preview/shell.mjs';
import { shots } from './preview/shots.mjs';
import { inEvery } from './preview/every.mjs';

const ui = fileURLToPath(new URL('..', import.meta.url));
const [out = `${ui}../target/preview`, only = '', every = ''] = process.argv.slice(2);
const FREE = '.hidden, .slides, svg, input';
const axe = readFileSync(`${ui}/node_modules/axe-core/axe.min.js`, 'utf8');
const ORIGIN = 'http://saparlas.test';

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
});
mkdirSync(out, { recursive: true });
let wrong = 0;

const taken = every === 'every' ? inEvery(shots) : shots;
for (const shot of taken.filter(({ name }) => name.includes(only))) {
  const view = {
    ...{ ...views, ...alertViews, ...mapViews, ...factViews, ...caseViews }[shot.view],
    ...(shot.lang ? { lang: shot.lang } : {}),
    ...(shot.ofEach ? { of_each: true } : {}),
  };
  const inOwnLanguage = { ...view, advisories: view.advisories.map((one) => readIn(one, view.lang)) };
  const page = await browser.newPage({
    viewport: shot.size,
    colorScheme: shot.dark ? 'dark' : 'light',
    bypassCSP: false,
    javaScriptEnabled: !shot.noScript,
  });
  const say = (what) => {
    wrong += 1;
    console.log(`${shot.name}: ${what}`);
  };
  page.on('pageerror', (error) => say(error));
  page.on('console', (message) => ['error', 'warning'].includes(message.type()) && say(message.text()));
  await page.route(`${ORIGIN}/**`, serve(inOwnLanguage));
  await page.addInitScript(rememberFocus);
  await page.addInitScript(shell, {
    view: inOwnLanguage,
    guidance,
    places,
    draft,
    countries,
    pages,
    found,
    checked,
    proposed,
    left: { left, erased, erasedHere, leftBehind }[shot.left ?? 'left'],
    privacy,
    party: parties[shot.party ?? 'party'],
    listed: parties[shot.listed ?? 'listed'],
    messages: shot.thread === 'none' ? { thread: [], case: null } : threads[view.lang],
    notices: shot.notices ?? 'on',
    without: shot.without,
  });
  await page.goto(`${ORIGIN}/${shot.hash ?? ''}`);
  if (shot.zoom) await page.evaluate(grow, '200%');
  if (!shot.noScript) {
    await page.waitForSelector('main h1', { state: 'attached' });
    await page.waitForLoadState('networkidle');
    if (shot.hash === '#/map' && !shot.without) await page.waitForSelector('[data-drawn]');
    if (shot.act) await shot.act(page).catch((error) => say(error.message.split('\n', 1)[0]));
    await page.waitForFunction(() => document.fonts.status === 'loaded');
    for (const fault of await faultsOf(page, axe, FREE)) say(fault);
    for (const fault of await page.evaluate(dockFaults)) say(fault);
    if (shot.act && (await page.evaluate(focusLost))) say('the focus left with what had it');
  }
  if (shot.sizes) {
    for (const { name, size, zoom } of shot.sizes) {
      await page.setViewportSize(size);
      await page.evaluate(grow, zoom ? '200%' : '');
      const faults = await sizeFaultsOf(page, FREE);
      for (const fault of faults) say(`${name}: ${fault}`);
      if (faults.length > 0) await page.screenshot({ path: `${out}/${shot.name}-${name}.png` });
    }
    await page.close();
    continue;
  }
  if (shot.full) {
    const height = await page.evaluate(() => {
      const main = document.querySelector('main');
      return document.body.scrollHeight + main.scrollHeight - main.clientHeight;
    });
    await page.setViewportSize({ ...shot.size, height: Math.max(shot.size.height, height) });
  }
  await page.screenshot({ path: `${out}/${shot.name}.png` });
  await page.close();
}
await browser.close();

/** Runs in the page: what had the focus last. */
function rememberFocus() {
  addEventListener('focusin', ({ target }) => (window.hadFocus = target));
}

/** Runs in the page: whether that is gone, and nothing has it instead. */
function focusLost() {
  return window.hadFocus?.isConnected === false && document.activeElement === document.body;
}

/** Runs in the page: the size of text, once it is laid out. */
function grow(size) {
  document.documentElement.style.fontSize = size;
  return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
}

console.log(wrong === 0 ? 'all pictures are clean' : `${wrong} findings`);
process.exit(wrong === 0 ? 0 : 1);
