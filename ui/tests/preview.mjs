// Looks at the built screens in a browser, with a shell played by samples: `npm run preview -- OUT [NAME]`.
// Every picture is checked by axe, for sideways scrolling and for words that do not fit.
import { readFileSync, existsSync, mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { runnerImport } from 'vite';

const sample = async (name) => (await runnerImport(`./tests/sample/${name}.ts`)).module;
const { fillings } = (await runnerImport('./src/lib/fill.ts')).module;
const { views } = await sample('views');
const { alertViews } = await sample('alerts');
const { draft, places } = await sample('trips');
const { factViews, found, missionWithoutLines, pages } = await sample('missions');
const { guidance } = await sample('guidance');
const { countries, mapViews, placesAt } = await sample('map');

const ui = fileURLToPath(new URL('..', import.meta.url));
const [out = `${ui}../target/preview`, only = ''] = process.argv.slice(2);
const axe = readFileSync(`${ui}/node_modules/axe-core/axe.min.js`, 'utf8');
const ORIGIN = 'http://saparlas.test';
const CSP =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src ipc: http://ipc.localhost";
const TYPES = { html: 'text/html', js: 'text/javascript', css: 'text/css', woff2: 'font/woff2' };

const tapMap = (kind) => async (page) => {
  await page.evaluate((answer) => (window.placeAt = answer), placesAt[kind]);
  await page.click('[data-testid=map] canvas', { position: { x: 120, y: 150 } });
  await page.waitForSelector('[data-testid=map-sheet][data-kind]');
};

async function standHere(page) {
  await tapMap('country')(page);
  await page.click('[data-testid=map-here]');
  await page.waitForSelector('[data-testid=map-sheet] .good');
}

async function keysOnMap(page) {
  await page.evaluate((answer) => (window.placeAt = answer), placesAt.country);
  await page.focus('[data-testid=map]');
  for (const key of ['ArrowRight', 'ArrowDown', '-', 'Enter']) await page.keyboard.press(key);
  await page.waitForSelector('[data-testid=map-sheet][data-kind]');
}

async function wholeWorld(page) {
  await page.focus('[data-testid=map]');
  for (let turn = 0; turn < 12; turn += 1) await page.keyboard.press('-');
  await page.waitForSelector('[data-drawn="110m"]');
}

async function nearMap(page) {
  await page.focus('[data-testid=map]');
  for (let turn = 0; turn < 3; turn += 1) await page.keyboard.press('+');
  await page.waitForSelector('[data-drawn="50m"]');
}

const type = (text) => async (page) => {
  await page.focus('[data-testid=search-input]');
  await page.keyboard.type(text);
  await page.waitForSelector('[data-testid=search-hit], [data-testid=search-none]');
};

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
  { name: 'now-wrote-en', view: 'wrote', lang: 'en', size: phone, full: true },
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
  {
    name: 'form-kk-narrow-200',
    view: 'crisis',
    lang: 'kk',
    size: narrow,
    zoom: true,
    hash: `${trip}/edit`,
    full: true,
  },
  {
    name: 'form-faults-ru-dark',
    view: 'crisis',
    size: phone,
    dark: true,
    hash: '#/trips/new',
    act: faults,
    full: true,
  },
  { name: 'form-places-kk', view: 'crisis', lang: 'kk', size: phone, hash: '#/trips/new', act: typePlace },
  { name: 'form-wide-ru', view: 'crisis', size: wide, hash: `${trip}/edit` },
  { name: 'guidance-kk', view: 'crisis', lang: 'kk', size: phone, hash: './topics' },
  { name: 'guidance-ru-full', view: 'crisis', size: phone, hash: './topics', full: true },
  {
    name: 'guidance-en-full-dark',
    view: 'crisis',
    lang: 'en',
    size: phone,
    dark: true,
    hash: './topics',
    full: true,
  },
  { name: 'guidance-kk-narrow', view: 'crisis', lang: 'kk', size: narrow, hash: './topics', full: true },
  { name: 'guidance-kk-narrow-200', view: 'crisis', lang: 'kk', size: narrow, zoom: true, hash: './topics' },
  { name: 'guidance-ru-narrow-200-full', view: 'crisis', size: narrow, zoom: true, hash: './topics', full: true },
  { name: 'guidance-wide-ru', view: 'crisis', size: wide, hash: '#/guidance/air-raid' },
  { name: 'topic-kk', view: 'crisis', lang: 'kk', size: phone, hash: '#/guidance/air-raid' },
  { name: 'topic-kk-full', view: 'crisis', lang: 'kk', size: phone, hash: '#/guidance/air-raid', full: true },
  {
    name: 'topic-kk-narrow-200',
    view: 'crisis',
    lang: 'kk',
    size: narrow,
    zoom: true,
    hash: '#/guidance/networks-down',
    full: true,
  },
  { name: 'topic-half-kk', view: 'crisis', lang: 'kk', size: phone, hash: '#/guidance/ash', full: true },
  { name: 'topic-private-ru', view: 'crisis', size: phone, hash: './topics', act: openPrivate },
  {
    name: 'topic-private-en-dark',
    view: 'crisis',
    lang: 'en',
    size: phone,
    dark: true,
    hash: '#/guidance/violence',
    full: true,
  },
  {
    name: 'topic-private-kk-narrow-200',
    view: 'crisis',
    lang: 'kk',
    size: narrow,
    zoom: true,
    hash: '#/guidance/violence',
  },
  {
    name: 'topic-print-ru',
    view: 'crisis',
    size: { width: 794, height: 1123 },
    hash: '#/guidance/air-raid',
    act: (page) => page.emulateMedia({ media: 'print' }),
  },
  { name: 'search-kk', view: 'crisis', lang: 'kk', size: phone, hash: '#/search' },
  { name: 'search-hits-kk', view: 'crisis', lang: 'kk', size: phone, hash: '#/search', act: type('дуб') },
  {
    name: 'search-hits-kk-dark',
    view: 'crisis',
    lang: 'kk',
    size: phone,
    dark: true,
    hash: '#/search',
    act: type('дуб'),
  },
  {
    name: 'search-hits-kk-narrow-200',
    view: 'crisis',
    lang: 'kk',
    size: narrow,
    zoom: true,
    hash: '#/search',
    act: type('дуб'),
    full: true,
  },
  { name: 'search-none-ru', view: 'crisis', size: phone, hash: '#/search', act: type('щщщщ') },
  { name: 'search-wide-en', view: 'crisis', lang: 'en', size: wide, hash: '#/search', act: type('дуб') },
  { name: 'country-ae-ru', view: 'contacts', size: phone, hash: '#/country/AE', full: true },
  { name: 'country-tr-kk', view: 'contacts', lang: 'kk', size: phone, hash: '#/country/TR', full: true },
  {
    name: 'country-tr-kk-narrow-200',
    view: 'contacts',
    lang: 'kk',
    size: narrow,
    zoom: true,
    hash: '#/country/TR',
    full: true,
  },
  {
    name: 'country-tr-wide-en-dark',
    view: 'contacts',
    lang: 'en',
    size: wide,
    dark: true,
    hash: '#/country/TR',
    full: true,
  },
  { name: 'country-np-en', view: 'contacts', lang: 'en', size: phone, hash: '#/country/NP', full: true },
  { name: 'country-gone-kk', view: 'contacts', lang: 'kk', size: phone, hash: '#/country/SU' },
  { name: 'contacts-kk', view: 'contacts', lang: 'kk', size: phone, hash: '#/contacts' },
  { name: 'contacts-kk-narrow', view: 'contacts', lang: 'kk', size: narrow, hash: '#/contacts' },
  { name: 'contacts-ru-narrow', view: 'contacts', size: narrow, hash: '#/contacts' },
  { name: 'trips-kk-narrow', view: 'rough', size: narrow, hash: '#/trips' },
  { name: 'contacts-ru-full', view: 'contacts', size: phone, hash: '#/contacts', full: true },
  {
    name: 'contacts-others-kk',
    view: 'contacts',
    lang: 'kk',
    size: phone,
    hash: '#/contacts',
    act: (page) => page.click('[data-testid=missions-other]'),
    full: true,
  },
  {
    name: 'contacts-kk-narrow-200',
    view: 'contacts',
    lang: 'kk',
    size: narrow,
    zoom: true,
    hash: '#/contacts',
    full: true,
  },
  { name: 'contacts-wide-en-dark', view: 'contacts', lang: 'en', size: wide, dark: true, hash: '#/contacts' },
  { name: 'contacts-alone-ru', view: 'ofMinistryAlone', size: phone, hash: '#/contacts', full: true },
  { name: 'mission-kk', view: 'contacts', lang: 'kk', size: phone, hash: '#/contacts/mission.dubai', full: true },
  { name: 'mission-wide-ru', view: 'contacts', size: wide, hash: '#/contacts/mission.dubai' },
  {
    name: 'mission-no-lines-en',
    view: 'contacts',
    lang: 'en',
    size: phone,
    hash: `#/contacts/${missionWithoutLines}`,
    full: true,
  },
  { name: 'mission-gone-kk', view: 'contacts', lang: 'kk', size: phone, hash: '#/contacts/mission.nowhere' },
  { name: 'settings-kk', view: 'rough', size: phone, hash: '#/settings', full: true },
  {
    name: 'settings-kk-narrow-200',
    view: 'crisis',
    lang: 'kk',
    size: narrow,
    zoom: true,
    hash: '#/settings',
    full: true,
  },
  { name: 'settings-chosen-ru-dark', view: 'chosen', size: phone, dark: true, hash: '#/settings', full: true },
  { name: 'settings-silent-en', view: 'silent', lang: 'en', size: wide, hash: '#/settings' },
  { name: 'bar-overloaded-kk', view: 'overloaded', lang: 'kk', size: phone },
  { name: 'bar-overloaded-ru', view: 'overloaded', size: phone },
  { name: 'bar-overloaded-ru-narrow-200', view: 'overloaded', size: narrow, zoom: true },
  { name: 'bar-writes-kk', view: 'writes', lang: 'kk', size: phone },
  { name: 'bar-writes-ru-dark', view: 'writes', size: phone, dark: true },
  { name: 'bar-writes-en', view: 'writes', lang: 'en', size: phone },
  { name: 'bar-writes-kk-narrow-200', view: 'writes', lang: 'kk', size: narrow, zoom: true },
  { name: 'bar-office-kk-narrow', view: 'calm', size: narrow },
  { name: 'bar-office-kk-narrow-200', view: 'calm', size: narrow, zoom: true },
  { name: 'bar-office-en', view: 'calm', lang: 'en', size: phone },
  { name: 'bar-office-ru', view: 'calm', lang: 'ru', size: phone },
  { name: 'bar-office-wide-kk', view: 'calm', size: wide },
  { name: 'bar-writes-wide-ru', view: 'writes', size: wide },
  { name: 'bar-emergency-kk', view: 'bare', lang: 'kk', size: phone },
  { name: 'now-calm-dubai-kk', view: 'calmDubai', size: phone, full: true },
  { name: 'now-calm-dubai-wide-ru', view: 'calmDubai', lang: 'ru', size: wide },
  { name: 'now-calm-dubai-kk-narrow-200', view: 'calmDubai', size: narrow, zoom: true, full: true },
  { name: 'advisory-ru', view: 'crisis', size: phone, hash: '#/advisory/advisory%2Fae-airspace', full: true },
  { name: 'relayed-kk', view: 'calm', size: phone, hash: '#/advisory/cap%2Fkz-2.49.0.0.398', full: true },
  ...alerts(),
  { name: 'map-kk', view: 'map', size: phone, hash: '#/map' },
  { name: 'map-kk-full', view: 'map', size: phone, hash: '#/map', full: true },
  { name: 'map-ru-dark', view: 'map', lang: 'ru', size: phone, dark: true, hash: '#/map', full: true },
  { name: 'map-kk-narrow-200', view: 'map', size: narrow, zoom: true, hash: '#/map' },
  { name: 'map-kk-narrow-200-full', view: 'map', size: narrow, zoom: true, hash: '#/map', full: true },
  { name: 'guidance-list-wide-ru', view: 'crisis', size: wide, hash: './topics', full: true },
  { name: 'guidance-list-wide-kk', view: 'crisis', lang: 'kk', size: wide, hash: './topics' },
  { name: 'map-wide-en', view: 'map', lang: 'en', size: wide, hash: '#/map', act: tapMap('country') },
  { name: 'map-wide-kk-dark', view: 'map', size: wide, dark: true, hash: '#/map' },
  { name: 'map-home-kk', view: 'mapHome', size: phone, hash: '#/map' },
  { name: 'map-far-ru', view: 'mapFar', lang: 'ru', size: phone, hash: '#/map' },
  { name: 'map-rough-kk', view: 'mapRough', size: phone, hash: '#/map' },
  { name: 'map-unheard-kk', view: 'mapUnheard', size: phone, hash: '#/map', full: true },
  { name: 'map-bare-en', view: 'mapBare', size: phone, hash: '#/map' },
  { name: 'map-country-kk', view: 'map', size: phone, hash: '#/map', act: tapMap('country') },
  { name: 'map-sea-ru', view: 'map', lang: 'ru', size: phone, hash: '#/map', act: tapMap('sea') },
  { name: 'map-border-kk', view: 'map', size: phone, hash: '#/map', act: tapMap('border') },
  { name: 'map-disputed-kk', view: 'map', size: phone, hash: '#/map', act: tapMap('disputed'), full: true },
  {
    name: 'map-disputed-kk-narrow-200',
    view: 'map',
    size: narrow,
    zoom: true,
    hash: '#/map',
    act: tapMap('disputed'),
    full: true,
  },
  { name: 'map-chosen-en', view: 'map', lang: 'en', size: phone, hash: '#/map', act: standHere },
  { name: 'map-keys-en', view: 'map', lang: 'en', size: phone, hash: '#/map', act: keysOnMap },
  { name: 'map-world-en', view: 'map', lang: 'en', size: phone, hash: '#/map', act: wholeWorld },
  { name: 'map-near-kk', view: 'map', size: phone, hash: '#/map', act: nearMap },
  { name: 'map-failed-kk', view: 'map', size: phone, hash: '#/map', without: 'countries' },
  { name: 'no-script-kk', view: 'crisis', lang: 'kk', size: phone, noScript: true },
];

/** An alert of several parts, one that comes, one that ended, one that was void: on the first screen and on its own. */
function alerts() {
  const pages = { parts: 'cap%2Fae-storm', coming: 'advisory%2Fae-strike', over: 'advisory%2Fae-over' };
  const looks = [
    { lang: 'kk', size: phone },
    { lang: 'ru', size: phone, dark: true },
    { lang: 'en', size: narrow },
    { lang: 'kk', size: narrow, zoom: true },
  ];
  return ['parts', 'coming', 'over', 'voided'].flatMap((kind) =>
    looks.flatMap(({ lang, size, dark = false, zoom = false }) => {
      const look = `${lang}${size === narrow ? '-narrow' : ''}${dark ? '-dark' : ''}${zoom ? '-200' : ''}`;
      const shot = { view: `${kind}_${lang}`, size, dark, zoom, full: true };
      const first = { ...shot, name: `alert-${kind}-now-${look}` };
      const page = pages[kind];
      return page ? [first, { ...shot, name: `alert-${kind}-${look}`, hash: `#/advisory/${page}` }] : [first];
    }),
  );
}

async function faults(page) {
  await page.click('[data-testid=leg-add-stay]');
  await page.click('[data-testid=leg-add-transit]');
  await page.click('[data-testid=trip-save]');
}

async function openPrivate(page) {
  await page.click('[data-testid=topic-violence]');
  await page.waitForSelector('[data-testid=leave]');
  if (await page.evaluate(() => location.href.includes('violence'))) throw new Error('the address names the topic');
}

async function typePlace(page) {
  await page.click('[data-testid=leg-add-stay]');
  await page.keyboard.type('дуб');
  await page.waitForSelector('[role=option]');
}

function shell({ view, guidance, places, draft, countries, pages, found, without }) {
  const answers = {
    view: () => view,
    contacts: () => view.contacts,
    levels: () => view.levels ?? [],
    guidance: () => guidance,
    look_up: () => places,
    trip_draft: () => draft,
    countries: () => countries,
    country: ({ code }) => pages[code] ?? Promise.reject({ code: 'unknown_country', field: null }),
    search: ({ query }) => found[query] ?? [],
    place_at: () => window.placeAt,
    qr: () => ({ size: 25, path: 'M0 0h7v7h-7zM18 0h7v7h-7zM0 18h7v7h-7zM9 9h6v6h-6z' }),
  };
  window.__TAURI_INTERNALS__ = {
    transformCallback: () => 1,
    invoke: async (command, given) =>
      command === without
        ? Promise.reject({ code: 'store_unavailable', field: null })
        : (answers[command]?.(given) ?? null),
  };
}

function serve(view) {
  // as the shell does it
  const fill = (html) =>
    html.replace(/ data-fill="([^"]*)"([^>]*>)/g, (place, list, rest) => {
      const all = fillings(list, view, (words) => words[view.lang]);
      const attributes = all.filter(([name]) => name !== 'text').map(([name, value]) => ` ${name}="${value}"`);
      const text = all.find(([name]) => name === 'text')?.[1] ?? '';
      return `${attributes.join('')} data-fill="${list}"${rest}${text}`;
    });
  return (route) => {
    const path = new URL(route.request().url()).pathname;
    const file = `${ui}/dist${path === '/' ? '/index.html' : path}`;
    if (!existsSync(file)) return route.fulfill({ status: 404 });
    const type = TYPES[file.split('.').pop()] ?? 'application/octet-stream';
    const body = type === 'text/html' ? fill(readFileSync(file, 'utf8')) : readFileSync(file);
    return route.fulfill({ body, contentType: type, headers: { 'content-security-policy': CSP } });
  };
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
});
mkdirSync(out, { recursive: true });
let wrong = 0;

for (const shot of shots.filter(({ name }) => name.includes(only))) {
  const view = {
    ...{ ...views, ...alertViews, ...mapViews, ...factViews }[shot.view],
    ...(shot.lang ? { lang: shot.lang } : {}),
  };
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
  await page.addInitScript(shell, { view, guidance, places, draft, countries, pages, found, without: shot.without });
  await page.goto(`${ORIGIN}/${shot.hash ?? ''}`);
  if (shot.zoom) await page.addStyleTag({ content: 'html { font-size: 200% }' });
  if (!shot.noScript) {
    await page.waitForSelector('main h1', { state: 'attached' });
    await page.waitForLoadState('networkidle');
    if (shot.hash === '#/map' && !shot.without) await page.waitForSelector('[data-drawn]');
    if (shot.act) await shot.act(page);
    await page.waitForFunction(() => document.fonts.status === 'loaded');
    await page.evaluate(axe);
    const found = await page.evaluate(() =>
      window.axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }),
    );
    for (const { id, nodes } of found.violations)
      say(
        `axe ${id}: ${nodes
          .map(({ html, failureSummary }) => `${html.slice(0, 120)} | ${failureSummary.slice(0, 160)}`)
          .slice(0, 3)
          .join('\n   ')}`,
      );
    const spill = await page.evaluate(() =>
      [...document.querySelectorAll('body *')]
        .filter(
          (one) =>
            one.scrollWidth > one.clientWidth + 1 &&
            one.clientWidth > 1 &&
            getComputedStyle(one).display !== 'inline' &&
            !one.closest('.hidden, .call-line, svg, input'),
        )
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
