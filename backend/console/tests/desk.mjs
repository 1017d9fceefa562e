// Walks the console beside a real front and desk, in a real browser with a virtual authenticator:
// `npm run desk -- [MINISTRY]`, a built `ministry`. Two officers at once; a stolen cookie; a session that is ended.
import { execFileSync, spawn } from 'node:child_process';
import { createECDH, createHash, randomBytes, randomUUID, webcrypto } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const root = fileURLToPath(new URL('..', import.meta.url));
const [ministry = join(root, '../../target/debug/ministry')] = process.argv.slice(2);
const data = join(mkdtempSync(join(tmpdir(), 'saparlas-console-')), 'ministry');
const TYPES = { html: 'text/html', js: 'text/javascript', css: 'text/css', svg: 'image/svg+xml', woff2: 'font/woff2' };

const free = () =>
  new Promise((found) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => found(port));
    });
  });
const [outside, inside, listen] = [await free(), await free(), await free()];
const front = `http://127.0.0.1:${outside}`;
const origin = `http://localhost:${listen}`;
const run = (...given) => execFileSync(ministry, given, { encoding: 'utf8' });

run('init', '--data', data, '--listen', `127.0.0.1:${outside}`, '--inside', `127.0.0.1:${inside}`);
const works = [];
/** Begins a part of the ministry, and waits until it says that it listens. */
function begin(...given) {
  const work = spawn(ministry, given, { stdio: ['ignore', 'pipe', 'ignore'] });
  works.push(work);
  return new Promise((ready, ended) => {
    work.stdout.once('data', ready);
    work.once('exit', (code) => ended(new Error(`${given[0]} ended: ${code}`)));
  });
}

let failed = 0;
function holds(what, truth) {
  if (!truth) failed += 1;
  console.log(`${truth ? 'holds' : 'FAILS'}  ${what}`);
}

/** A phone that says something. What the front has for it is the answer. */
async function phone(path, said) {
  const [device, token] = [randomUUID(), randomBytes(32).toString('base64url')];
  const { publicKey } = await webcrypto.subtle.generateKey({ name: 'X25519' }, true, ['deriveBits']);
  const key = Buffer.from(await webcrypto.subtle.exportKey('raw', publicKey)).toString('base64url');
  const put = async (path, body) => {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
    const answer = await fetch(`${front}${path}`, { method: 'PUT', headers, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  };
  const hash = createHash('sha256').update(token).digest('base64url');
  await put(`/v1/devices/${device}`, { version: 1, token_hash: hash, public_key: key });
  await put(`${path}/${randomUUID()}`, { version: 1, at: new Date().toISOString(), ...said });
  return async () => {
    const headers = { authorization: `Bearer ${token}` };
    const answer = await fetch(`${front}/v1/devices/self/messages?since=0`, { headers });
    return (await answer.json()).letters.length;
  };
}

/** It called, was not answered, and help is still needed. */
const cries = (country) => phone('/v1/calls', { outcome: 'still_need_help', country });
const isSafe = (country) => phone('/v1/check-ins', { people: { safe: 1 }, country });

const PATIENCE_MS = 30_000;

/** Asked again and again until it is so. */
async function eventually(is) {
  for (const begun = Date.now(); Date.now() - begun < PATIENCE_MS; await pause(200)) if (await is()) return true;
  return false;
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
});

/** The page is the one that was built last, whichever the program holds; its policy is the desk's. */
async function served(context) {
  const policy = (await fetch(origin)).headers.get('content-security-policy') ?? '';
  await context.route(`${origin}/**`, (route) => {
    const { pathname } = new URL(route.request().url());
    const file = join(root, 'dist', pathname === '/' ? 'index.html' : pathname);
    if (pathname.startsWith('/v1/') || !existsSync(file)) return route.continue();
    const contentType = TYPES[file.split('.').pop()] ?? 'application/octet-stream';
    return route.fulfill({ body: readFileSync(file), contentType, headers: { 'content-security-policy': policy } });
  });
}

/** A browser of an officer, with an authenticator and no passkey yet. */
async function browserOf(name) {
  const context = await browser.newContext({ locale: 'ru-RU', viewport: { width: 1440, height: 900 } });
  await served(context);
  const page = await context.newPage();
  page.on('pageerror', (error) => holds(`${name}: ${error}`, false));
  page.on('console', (message) => {
    if (message.type() === 'error' && /Content Security Policy/.test(message.text())) holds(message.text(), false);
  });
  const cdp = await context.newCDPSession(page);
  await cdp.send('WebAuthn.enable');
  await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
    },
  });
  return { context, page };
}

async function enrols({ context, page }, link, ready = '.foot .version') {
  await page.goto(link);
  await page.getByRole('button', { name: 'Создать ключ' }).click();
  await page.waitForSelector(ready);
  return { context, page };
}

async function officer(name, role) {
  const added = run('officer', 'add', name, '--role', role, '--data', data, '--origin', origin);
  return enrols(await browserOf(name), added.trim().split('\n').at(-1));
}

/** A push as its push service would bring it, from the browser's own side. */
async function pushes({ context, page }, data) {
  const cdp = await context.newCDPSession(page);
  const registered = new Promise((found) =>
    cdp.on('ServiceWorker.workerRegistrationUpdated', ({ registrations: [one] }) => found(one.registrationId)),
  );
  await cdp.send('ServiceWorker.enable');
  await cdp.send('ServiceWorker.deliverPushMessage', { origin, registrationId: await registered, data });
  await cdp.detach();
}

/** The keys of a browser behind a push service. */
function browserKeys() {
  const key = createECDH('prime256v1');
  key.generateKeys();
  return { p256dh: key.getPublicKey('base64url'), auth: randomBytes(16).toString('base64url') };
}

/** In the page: a push service that can be reached from here. */
function subscribesElsewhere({ endpoint, ...keys }) {
  const subscription = { endpoint, toJSON: () => ({ endpoint, keys }), unsubscribe: async () => true };
  PushManager.prototype.subscribe = async () => subscription;
  PushManager.prototype.getSubscription = async () => subscription;
}

/** A call as a hand types it: nothing but keys. */
async function takesCall(page, { who, number, place, people, what, name }) {
  const { keyboard } = page;
  await page.locator('[data-who]').focus();
  await keyboard.press(who);
  await keyboard.press('Enter');
  for (const text of ['', number, place, people]) {
    if (text !== '') await keyboard.type(text);
    await keyboard.press('Enter');
  }
  await keyboard.press(what);
  await keyboard.press('Enter');
  await keyboard.type(name);
}

try {
  await begin('serve', '--data', data);
  await begin('desk', '--data', data, '--listen', `127.0.0.1:${listen}`, '--origin', origin);
  const letters = await cries('AE');
  const dana = await officer('Дана Т.', 'silver');
  const askhat = await officer('Асхат Ж.', 'silver');
  const row = (page) => page.locator('.row').first();

  await row(dana.page).waitFor();
  holds('a cry stands in the list of an officer', (await row(dana.page).textContent()).includes('ОАЭ'));

  await dana.page.keyboard.press('KeyT');
  await askhat.page.locator('.row', { hasText: 'Дана Т.' }).waitFor();
  holds('who takes it is seen by the other officer', true);

  await dana.page.keyboard.press('Enter');
  await dana.page.locator('.case h1').waitFor();
  await dana.page.keyboard.press('KeyS');
  await dana.page.getByLabel('Что сделать').fill('Перезвонить');
  await dana.page.getByLabel('К какому часу').fill('23:59');
  await dana.page.getByRole('button', { name: 'Сохранить' }).click();
  await dana.page.locator('.what', { hasText: 'Перезвонить' }).waitFor();
  holds('a next step stands with its hour', true);

  const before = await letters();
  await dana.page.locator('textarea').fill('Оставайтесь там, где вы сейчас.');
  await dana.page.keyboard.press('Control+Enter');
  await dana.page.locator('.said', { hasText: 'Оставайтесь' }).waitFor();
  holds('an answer goes to the phone', await eventually(async () => (await letters()) > before));

  await dana.page.keyboard.press('Control+Shift+Enter');
  await dana.page.getByText('Помогли').click();
  await dana.page.getByLabel('Слово самого человека').fill('Рахмет, бәрі жақсы');
  await dana.page.getByRole('button', { name: 'Закрыть дело' }).first().click();
  await dana.page.locator('.ended').waitFor();
  holds('a case is closed with the person’s own word', (await dana.page.content()).includes('Рахмет, бәрі жақсы'));
  await askhat.page.locator('.row').waitFor({ state: 'detached' });
  holds('and leaves the list of the other officer', true);

  const cookies = await dana.context.cookies();
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  const stolen = await fetch(`${origin}/v1/board`, { headers: { cookie } });
  holds('a stolen cookie without the key opens nothing', stolen.status === 401);
  const kept = await dana.page.evaluate(() => [localStorage.length, sessionStorage.length]);
  holds(
    'nothing stays in the browser’s storage',
    kept.every((count) => count === 0),
  );

  // an officer is made by a page, and takes a call by keys alone
  const gold = await officer('Ахметов', 'gold');
  await gold.page.goto(`${origin}/#/staff`);
  await gold.page.getByLabel('Имя, как в списке дежурных').fill('Әсел');
  await gold.page.getByText('Принимает звонки').click();
  await gold.page.getByRole('button', { name: 'Добавить' }).click();
  const link = (await gold.page.locator('.code').textContent()) ?? '';
  const asel = await enrols(await browserOf('Әсел'), link, '[data-who]');
  holds('an officer is made by a page, and enrols by its link', true);

  const told = { who: 'Digit3', number: '+77010000001', place: 'Катар, DOH', people: '2', what: 'Digit6' };
  const begun = Date.now();
  await takesCall(asel.page, { ...told, name: 'Жүнісов Әділет' });
  await asel.page.locator('header', { hasText: 'сохранено' }).waitFor();
  await asel.page.reload();
  const name = asel.page.getByLabel('О ком речь', { exact: true });
  await name.waitFor();
  holds('what was typed survives a reload', (await eventually(async () => (await name.inputValue()) !== '')) === true);
  const left = await asel.page.evaluate(() => [localStorage.length, sessionStorage.length]);
  holds(
    'and nothing of it stays in the browser',
    left.every((count) => count === 0),
  );
  const writes = await eventually(async () => (await askhat.page.content()).includes('Записывают звонок: Әсел'));
  holds('the shift sees that a call is being taken down', writes);
  await asel.page.keyboard.press('Control+Enter');
  await asel.page.locator('.reference').waitFor();
  const seconds = (Date.now() - begun) / 1000;
  holds(`a call is a case by keys alone in ${seconds.toFixed(1)} s, a reload among them`, seconds < 30);
  holds('and is gone from the call-taker’s screen', !(await asel.page.content()).includes('Жүнісов'));
  await askhat.page.locator('.row', { hasText: 'Жүнісов Әділет' }).waitFor();
  holds('who works on cases sees it at once', true);

  // the second call about the same person: the desk says whom it may be, and the two are one
  await askhat.page.keyboard.press('KeyN');
  await askhat.page.locator('[data-who]').waitFor();
  await takesCall(askhat.page, { ...told, name: 'Zhunisov Adilet' });
  await askhat.page.locator('aside .card', { hasText: 'Жүнісов Әділет' }).waitFor();
  await askhat.page.locator('aside .card .button').focus();
  await askhat.page.keyboard.press('Enter');
  await askhat.page.keyboard.press('Control+Enter');
  await askhat.page.locator('.reference').waitFor();
  await askhat.page.goto(`${origin}/#/`);
  const alone = async () => (await askhat.page.locator('.row', { hasText: /Ж[үу]нісов|Zhunisov/ }).count()) === 1;
  holds('a second call about the same person is joined to the first', await eventually(alone));
  await askhat.page.locator('.row', { hasText: 'Жүнісов' }).click();
  await askhat.page.keyboard.press('Enter');
  await askhat.page.getByRole('button', { name: 'Разъединить' }).click();
  await askhat.page.locator('.lines', { hasText: 'Разъединено' }).waitFor();
  await askhat.page.goto(`${origin}/#/`);
  holds('and is parted again', await eventually(async () => (await askhat.page.locator('.row').count()) === 2));
  await askhat.page.keyboard.press('Shift+Slash');
  await askhat.page.locator('dialog[open]').waitFor();
  for (const key of ['KeyG', 'KeyH']) await askhat.page.keyboard.press(key);
  holds('no room is left from within a window over the page', askhat.page.url().endsWith('/#/'));
  await askhat.page.keyboard.press('Escape');

  // one message to all who match: whom it reaches is seen first
  const there = [await isSafe('QA'), await isSafe('QA')];
  await askhat.page.goto(`${origin}/#/letters`);
  await askhat.page.getByLabel('Страна').fill('Катар');
  for (const at of [0, 1, 2]) await askhat.page.locator('textarea').nth(at).fill(`Аэропорт закрыт, ${at}`);
  const reaches = async () => {
    await askhat.page.getByRole('button', { name: 'Показать, кому придёт' }).click();
    return (await askhat.page.locator('.count').textContent()).includes('2');
  };
  holds('whom a letter to many reaches is seen', await eventually(reaches));
  await askhat.page.getByRole('button', { name: 'Отправить' }).click();
  const came = async () => (await Promise.all(there.map((letters) => letters()))).every((count) => count === 1);
  holds('and it comes to each of them', await eventually(came));

  // at a gate, with a phone in the hand
  await askhat.page.setViewportSize({ width: 390, height: 844 });
  await askhat.page.getByRole('button', { name: 'Разделы' }).click();
  await askhat.page.getByRole('link', { name: 'Звонок' }).click();
  await askhat.page.getByRole('button', { name: 'Следующий звонок' }).click();
  await askhat.page.locator('[data-who]').waitFor();
  const save = await askhat.page.getByRole('button', { name: 'Открыть дело' }).boundingBox();
  holds('a call is taken and saved on a phone', save !== null && save.y + save.height <= 844);
  if (process.env.PICTURES) await askhat.page.screenshot({ path: join(process.env.PICTURES, 'gate-real.png') });
  await askhat.page.setViewportSize({ width: 1440, height: 900 });
  await askhat.page.goto(`${origin}/#/`);

  // whose night it is: an own number, a turn, and what is missing
  const night = gold.page;
  await night.goto(`${origin}/#/night`);
  const numbers = night.locator('section[aria-labelledby=numbers]');
  const mine = numbers.locator('li', { hasText: '(вы)' });
  await mine.getByRole('button', { name: 'Вписать' }).click();
  await mine.getByRole('textbox').fill('12');
  await night.keyboard.press('Enter');
  await mine.getByText('такого номера нет').waitFor();
  holds('a number that does not exist is refused at its field', true);
  await mine.getByRole('textbox').fill('+7 701 000 00 01');
  await night.keyboard.press('Enter');
  await mine.getByText('номер есть').waitFor();
  holds('an own number is set, and not shown back', !(await night.content()).includes('701 000'));
  const first = await night.getByLabel('День начала').inputValue();
  await night.getByLabel('Кто', { exact: true }).selectOption('Асхат Ж.');
  await night.getByRole('button', { name: 'Поставить на дежурство' }).click();
  const rota = night.locator('section[aria-labelledby=rota]');
  await rota.locator('li', { hasText: 'Асхат Ж.' }).getByText('номера нет').waitFor();
  const next = await rota.locator('label.chosen').textContent();
  holds(
    'a turn is entered, and the next gap proposed',
    (await night.getByLabel('День начала').inputValue()) === first && next?.includes('следующий') === true,
  );
  await rota.getByRole('button', { name: 'Снять' }).click();
  await rota.getByRole('button', { name: 'Снять' }).click();
  await rota.getByText('Впереди дежурств нет').waitFor();
  holds('and taken off after a second asking', true);
  if (process.env.PICTURES) await night.screenshot({ path: join(process.env.PICTURES, 'night-real.png') });
  await askhat.page.locator('.night', { hasText: 'SMS не уходят' }).waitFor();
  holds('the board warns where nobody would be woken', true);

  // what wakes an officer before an SMS: this browser's own push service is away, another one stands in for it
  await gold.context.grantPermissions(['notifications'], { origin });
  const here = night.locator('section[aria-labelledby=push]');
  await here.getByRole('button', { name: 'Включить' }).click();
  await here.getByText('служба уведомлений этого браузера не отвечает').waitFor();
  holds('a push service that is away is said', true);
  await night.evaluate(subscribesElsewhere, { endpoint: 'https://push.example.net/gold', ...browserKeys() });
  await here.getByRole('button', { name: 'Включить' }).click();
  await here.getByText('Включены').waitFor();
  await mine.getByText('уведомления включены').waitFor();
  holds('an officer turns notifications on', true);
  await askhat.page.goto(`${origin}/#/night`);
  holds('nobody sees where another is told', !(await askhat.page.content()).includes('push.example.net'));
  const worker = gold.context.serviceWorkers()[0] ?? (await gold.context.waitForEvent('serviceworker'));
  const shown = () =>
    night.evaluate(async () => {
      const registration = await navigator.serviceWorker.ready;
      const all = await registration.getNotifications();
      return all.map(({ title, body, lang }) => `${lang}: ${title}. ${body}`);
    });
  await pushes(gold, '{"kind":"life"}');
  holds('a push says that a life waits', await eventually(async () => (await shown()).length === 1));
  holds('in the language of its officer', (await shown())[0] === 'ru: Жизнь ждёт ответа. Откройте дела и возьмите его');
  await pushes(gold, 'anything');
  holds('and two are one', await eventually(async () => (await shown()).length === 1));
  await worker.evaluate(async () => {
    const [notification] = await self.registration.getNotifications();
    self.dispatchEvent(new NotificationEvent('notificationclick', { notification }));
  });
  await night.waitForURL(`${origin}/#/`);
  holds('a press on it opens the board', await eventually(async () => (await shown()).length === 0));
  const caches = await night.evaluate(async () => (await globalThis.caches.keys()).length);
  holds('and the worker keeps nothing', caches === 0);

  run('officer', 'end', 'Дана Т.', '--data', data);
  await dana.page.getByRole('heading', { name: 'Сессия закончилась' }).waitFor();
  holds('an officer who was ended sees nothing more', !(await dana.page.content()).includes('ОАЭ'));

  const page = askhat.page;
  await page.reload();
  await page.waitForSelector('.foot .version');
  holds('a page that is loaded anew is still signed in', true);
  if (process.env.PICTURES) await page.screenshot({ path: join(process.env.PICTURES, 'desk-real.png') });
} catch (thrown) {
  holds(String(thrown), false);
  if (process.env.PICTURES)
    for (const [at, context] of browser.contexts().entries())
      for (const page of context.pages())
        await page.screenshot({ path: join(process.env.PICTURES, `desk-fails-${at}.png`) });
} finally {
  await browser.close();
  for (const work of works) work.kill();
  rmSync(join(data, '..'), { recursive: true, force: true });
}
process.exit(failed > 0 ? 1 : 0);
