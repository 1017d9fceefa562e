// Looks at the built console in a browser, with a desk played by fixtures: `npm run preview -- OUT [NAME] [every]`.
// Every picture is checked by axe, for sideways scrolling, for words that do not fit or break and for lone dots. With
// `every`, each in every language at the widths of its kind: only what is wrong is kept.
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { faultsOf, sizeFaultsOf } from '../../../ui/tests/preview/checks.mjs';
import { inEvery } from './preview/every.mjs';
import { shots } from './preview/shots.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = `${root}dist`;
const [out = `${root}../../target/preview`, only = '', every = ''] = process.argv.slice(2);
const axe = readFileSync(`${root}node_modules/axe-core/axe.min.js`, 'utf8');
const ORIGIN = 'https://desk.test';
/** As the desk serves the page. */
export const CSP =
  "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
const TYPES = { html: 'text/html', js: 'text/javascript', css: 'text/css', svg: 'image/svg+xml', woff2: 'font/woff2' };
/** What may be wider than its box. */
const FREE = '.hidden, .exercise[aria-hidden], svg, input, textarea, [title], .log > .list';

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
});
mkdirSync(out, { recursive: true });
let wrong = 0;

function serve(shot) {
  return (route) => {
    const { pathname, search } = new URL(route.request().url());
    if (pathname.startsWith('/v1/')) {
      const answer = shot.answers[`${route.request().method()} ${pathname}`];
      if (answer === undefined) return route.fulfill({ status: 404, json: { code: 'not_found' } });
      const said = answer(search);
      if (said.contentType) return route.fulfill(said);
      return said.json ? route.fulfill(said) : route.fulfill({ json: said });
    }
    const file = `${dist}${pathname === '/' ? '/index.html' : pathname}`;
    if (!existsSync(file)) return route.fulfill({ status: 404 });
    const contentType = TYPES[file.split('.').pop()] ?? 'application/octet-stream';
    return route.fulfill({ body: readFileSync(file), contentType, headers: { 'content-security-policy': CSP } });
  };
}

const taken = every === 'every' ? inEvery(shots) : shots;
for (const shot of taken.filter(({ name }) => name.includes(only))) {
  const page = await browser.newPage({
    viewport: shot.size,
    deviceScaleFactor: shot.scale ?? 1,
    colorScheme: shot.dark ? 'dark' : 'light',
    locale: shot.lang,
    bypassCSP: false,
  });
  const say = (what) => {
    wrong += 1;
    console.log(`${shot.name}: ${what}`);
  };
  page.on('pageerror', (error) => say(error));
  page.on('console', (message) => {
    const expected = /Failed to load resource/.test(message.text());
    if (['error', 'warning'].includes(message.type()) && !expected) say(message.text());
  });
  await page.clock.setFixedTime(new Date(shot.now));
  await page.route(`${ORIGIN}/**`, serve(shot));
  // before the page's own script, as a browser set to large text is
  if (shot.zoom)
    await page.addInitScript(() =>
      document.addEventListener('readystatechange', () => (document.documentElement.style.fontSize = '200%')),
    );
  await page.goto(`${ORIGIN}/${shot.hash ?? ''}`);
  await page.waitForSelector(shot.ready ?? 'main h1', { state: 'attached' });
  await page.waitForLoadState('networkidle');
  if (shot.act) await shot.act(page).catch((error) => say(error.message.split('\n', 1)[0]));
  await page.waitForFunction(() => document.fonts.status === 'loaded');
  if (shot.print) await page.emulateMedia({ media: 'print' });
  for (const fault of await faultsOf(page, axe, FREE)) say(fault);
  if (shot.sizes) {
    for (const { name, size } of shot.sizes) {
      await page.setViewportSize(size);
      const faults = await sizeFaultsOf(page, FREE);
      for (const fault of faults) say(`${name}: ${fault}`);
      if (faults.length > 0) await page.screenshot({ path: `${out}/${shot.name}-${name}.png` });
    }
    await page.close();
    continue;
  }
  await page.screenshot({ path: `${out}/${shot.name}.png`, fullPage: shot.full ?? false });
  if (shot.pdf) await page.pdf({ path: `${out}/${shot.name}.pdf`, preferCSSPageSize: true });
  await page.close();
}
await browser.close();
console.log(wrong === 0 ? 'all pictures are clean' : `${wrong} findings`);
process.exit(wrong === 0 ? 0 : 1);
