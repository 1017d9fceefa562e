// Looks at the built screens in a browser, with a shell played by samples: `npm run preview -- OUT [NAME]`.
// Every picture is checked by axe, for sideways scrolling and for words that do not fit.
import { readFileSync, existsSync, mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { draft, guidance, places, views } from './sample.mjs';

const ui = fileURLToPath(new URL('..', import.meta.url));
const [out = `${ui}../target/preview`, only = ''] = process.argv.slice(2);
const axe = readFileSync(`${ui}/node_modules/axe-core/axe.min.js`, 'utf8');
const ORIGIN = 'http://saparlas.test';
const CSP = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src ipc: http://ipc.localhost";
const TYPES = { html: 'text/html', js: 'text/javascript', css: 'text/css', woff2: 'font/woff2' };

const phone = { width: 390, height: 844 };
const narrow = { width: 320, height: 700 };
const wide = { width: 1280, height: 800 };

const trip = '#/trips/11111111-1111-4111-8111-111111111111';
const shots = [
  { name: 'now-crisis-ru', view: 'crisis', size: phone },
  { name: 'now-crisis-ru-dark', view: 'crisis', size: phone, dark: true },
  { name: 'now-crisis-kk-full', view: 'crisis', lang: 'kk', size: phone, full: true },
  { name: 'now-calm-kk', view: 'calm', size: phone },
  { name: 'now-calm-kk-dark', view: 'calm', size: phone, dark: true, full: true },
  { name: 'now-rough-kk', view: 'rough', size: phone, full: true },
  { name: 'now-first-kk', view: 'first', size: phone },
  { name: 'now-bare-en', view: 'bare', size: phone },
  { name: 'now-broken-ru', view: 'broken', size: phone },
  { name: 'now-called-kk', view: 'called', size: phone },
  { name: 'now-undialled-ru', view: 'undialled', size: phone, full: true },
  { name: 'now-narrow-kk-200', view: 'crisis', lang: 'kk', size: narrow, zoom: true },
  { name: 'now-narrow-kk-200-full', view: 'crisis', lang: 'kk', size: narrow, zoom: true, full: true },
  { name: 'called-narrow-kk-200', view: 'called', size: narrow, zoom: true },
  { name: 'now-narrow-kk', view: 'crisis', lang: 'kk', size: narrow, full: true },
  { name: 'now-wide-ru', view: 'crisis', size: wide },
  { name: 'now-wide-kk-dark', view: 'rough', size: wide, dark: true },
  { name: 'trips-kk', view: 'rough', size: phone, hash: '#/trips' },
  { name: 'trip-kk', view: 'crisis', lang: 'kk', size: phone, hash: trip, full: true },
  { name: 'trip-wide-en', view: 'crisis', lang: 'en', size: wide, hash: trip },
  { name: 'form-kk', view: 'crisis', lang: 'kk', size: phone, hash: `${trip}/edit`, full: true },
  { name: 'form-kk-narrow-200', view: 'crisis', lang: 'kk', size: narrow, zoom: true, hash: `${trip}/edit`, full: true },
  { name: 'form-faults-ru-dark', view: 'crisis', size: phone, dark: true, hash: '#/trips/new', act: faults, full: true },
  { name: 'form-places-kk', view: 'crisis', lang: 'kk', size: phone, hash: '#/trips/new', act: typePlace },
  { name: 'form-wide-ru', view: 'crisis', size: wide, hash: `${trip}/edit` },
  { name: 'guidance-kk', view: 'crisis', lang: 'kk', size: phone, hash: '#/guidance' },
  { name: 'guidance-wide-ru', view: 'crisis', size: wide, hash: '#/guidance/air-raid' },
  { name: 'topic-kk', view: 'crisis', lang: 'kk', size: phone, hash: '#/guidance/air-raid', full: true },
  { name: 'topic-kk-narrow-200', view: 'crisis', lang: 'kk', size: narrow, zoom: true, hash: '#/guidance/air-raid', full: true },
  { name: 'contacts-kk', view: 'crisis', lang: 'kk', size: phone, hash: '#/contacts', full: true },
  { name: 'contacts-kk-narrow-200', view: 'crisis', lang: 'kk', size: narrow, zoom: true, hash: '#/contacts', full: true },
  { name: 'contacts-wide-en-dark', view: 'crisis', lang: 'en', size: wide, dark: true, hash: '#/contacts' },
  { name: 'settings-kk', view: 'rough', size: phone, hash: '#/settings', full: true },
  { name: 'settings-kk-narrow-200', view: 'crisis', lang: 'kk', size: narrow, zoom: true, hash: '#/settings', full: true },
  { name: 'advisory-ru', view: 'crisis', size: phone, hash: '#/advisory/advisory%2Fae-airspace', full: true },
  { name: 'relayed-kk', view: 'calm', size: phone, hash: '#/advisory/cap%2Fkz-2.49.0.0.398', full: true },
  { name: 'no-script-kk', view: 'crisis', lang: 'kk', size: phone, noScript: true },
];

async function faults(page) {
  await page.click('[data-testid=leg-add-stay]');
  await page.click('[data-testid=leg-add-transit]');
  await page.click('[data-testid=trip-save]');
}

async function typePlace(page) {
  await page.click('[data-testid=leg-add-stay]');
  await page.keyboard.type('дуб');
  await page.waitForSelector('[role=option]');
}

function shell({ view, guidance, places, draft }) {
  const answers = {
    view: () => view,
    guidance: () => guidance,
    look_up: () => places,
    trip_draft: () => draft,
    qr: () => ({ size: 25, path: 'M0 0h7v7h-7zM18 0h7v7h-7zM0 18h7v7h-7zM9 9h6v6h-6z' }),
  };
  window.__TAURI_INTERNALS__ = {
    transformCallback: () => 1,
    invoke: async (command) => answers[command]?.() ?? null,
  };
}

function serve(view) {
  const fill = (html) =>
    html
      .replaceAll('{{lang}}', view.lang)
      .replaceAll('{{kind}}', view.call.kind)
      .replaceAll('{{number}}', view.call.number)
      .replaceAll('{{line}}', `${view.call.name[view.lang]} · ${view.call.hours[view.lang]}${view.call.demo ? ' · DEMO' : ''}`);
  return (route) => {
    const path = new URL(route.request().url()).pathname;
    const file = `${ui}/dist${path === '/' ? '/index.html' : path}`;
    if (!existsSync(file)) return route.fulfill({ status: 404 });
    const type = TYPES[file.split('.').pop()] ?? 'application/octet-stream';
    const body = type === 'text/html' ? fill(readFileSync(file, 'utf8')) : readFileSync(file);
    return route.fulfill({ body, contentType: type, headers: { 'content-security-policy': CSP } });
  };
}

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
mkdirSync(out, { recursive: true });
let wrong = 0;

for (const shot of shots.filter(({ name }) => name.includes(only))) {
  const view = { ...views[shot.view], ...(shot.lang ? { lang: shot.lang } : {}) };
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
  await page.route(`${ORIGIN}/**`, serve(view));
  await page.addInitScript(shell, { view, guidance, places, draft });
  await page.goto(`${ORIGIN}/${shot.hash ?? ''}`);
  if (shot.zoom) await page.addStyleTag({ content: 'html { font-size: 200% }' });
  if (!shot.noScript) {
    await page.waitForSelector('main h1', { state: 'attached' });
    await page.waitForLoadState('networkidle');
    if (shot.act) await shot.act(page);
    await page.waitForFunction(() => document.fonts.status === 'loaded');
    await page.evaluate(axe);
    const found = await page.evaluate(() => window.axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }));
    for (const { id, nodes } of found.violations) say(`axe ${id}: ${nodes.map(({ html, failureSummary }) => `${html.slice(0, 120)} | ${failureSummary.slice(0, 160)}`).slice(0, 3).join('\n   ')}`);
    const spill = await page.evaluate(() =>
      [...document.querySelectorAll('body *')]
        .filter((one) => one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 1 && getComputedStyle(one).display !== 'inline' && !one.closest('.hidden, svg, input'))
        .map((one) => `${one.tagName}.${one.className}`),
    );
    if (spill.length > 0) say(`does not fit: ${spill.slice(0, 6).join(', ')}`);
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
console.log(wrong === 0 ? 'all pictures are clean' : `${wrong} findings`);
process.exit(wrong === 0 ? 0 : 1);
