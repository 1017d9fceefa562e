import { asked, deskAnswers } from './fixtures/browser';

import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, it, vi } from 'vitest';

import { desk } from '../src/desk.svelte';
import { speak, standing, turnOff, turnOn } from '../src/night/push';

const ENDPOINT = 'https://push.example.net/x?y=ä';
const DIGEST = createHash('sha256').update(ENDPOINT).digest('base64url');
const PATH = '/v1/officers/2/push';

/** A browser that has pushes: whether its officer lets it, whether its push service answers, what it has set. */
function browser(has: { permission?: string; answers?: boolean; set?: boolean } = {}) {
  const { permission = 'granted', answers = true, set = false } = has;
  const keys = { p256dh: 'BCVx', auth: 'BTBZ' };
  const subscription = {
    endpoint: ENDPOINT,
    toJSON: () => ({ endpoint: ENDPOINT, keys }),
    unsubscribe: () => Promise.resolve((held = null)),
  };
  let held = set ? subscription : null;
  const pushManager = {
    getSubscription: () => Promise.resolve(held),
    subscribe: () =>
      answers ? Promise.resolve((held = subscription)) : Promise.reject(new DOMException('no service', 'AbortError')),
  };
  const registration = { pushManager };
  const register = vi.fn<(url: string) => Promise<void>>(() => Promise.resolve());
  vi.stubGlobal('navigator', {
    language: 'ru',
    serviceWorker: {
      register,
      ready: Promise.resolve(registration),
      getRegistration: () => Promise.resolve(set ? registration : undefined),
    },
  });
  vi.stubGlobal('PushManager', class {});
  vi.stubGlobal('Notification', { permission, requestPermission: () => Promise.resolve(permission) });
  return { registered: () => register.mock.calls.map(([url]) => url) };
}

const deskTells = (...browsers: string[]) =>
  deskAnswers(({ method }) => (method === 'GET' ? { body: { key: 'BKey', browsers } } : { status: 204 }));

beforeEach(() => {
  vi.unstubAllGlobals();
  desk.chosen = 'kk';
});

describe('this browser', () => {
  it('is on where the desk tells its officer in it, and off where it tells another or nobody', async () => {
    browser({ set: true });
    deskTells(DIGEST);
    expect(await standing(2)).toBe('on');
    deskTells('of another');
    expect(await standing(2)).toBe('off');
    browser();
    expect(await standing(2)).toBe('off');
  });

  it('says what is not possible', async () => {
    deskTells();
    vi.stubGlobal('navigator', { language: 'ru' });
    expect(await standing(2)).toBe('none');
    browser({ permission: 'denied' });
    expect([await standing(2), await turnOn(2)]).toEqual(['refused', 'refused']);
    browser({ answers: false });
    expect(await turnOn(2)).toBe('failed');
    expect(asked.some(({ method }) => method === 'PUT')).toBe(false);
  });

  it('is turned on with the words of its officer’s language', async () => {
    const { registered } = browser();
    deskTells();
    expect(await turnOn(2)).toBe('on');
    expect(asked.at(-1)).toEqual({
      method: 'PUT',
      path: PATH,
      body: { endpoint: ENDPOINT, p256dh: 'BCVx', auth: 'BTBZ' },
    });
    const [url = ''] = registered();
    expect(new URL(url, 'https://desk.example').searchParams.get('lang')).toBe('kk');
  });

  it('changes its language with the page, where it is set', async () => {
    const unset = browser();
    await speak();
    expect(unset.registered()).toEqual([]);
    const set = browser({ set: true });
    await speak();
    desk.chosen = 'en';
    await speak();
    const titles = set.registered().map((url) => new URL(url, 'https://desk.example').searchParams.get('title'));
    expect(titles).toEqual(['Өмірге қауіп төнді, жауап күтіп тұр', 'A life waits for an answer']);
  });

  it('is turned off, also where the desk forgot it', async () => {
    browser({ set: true });
    deskTells(DIGEST);
    expect(await turnOff(2)).toBe('off');
    expect(asked).toEqual([{ method: 'DELETE', path: `${PATH}/${DIGEST}`, body: undefined }]);
    browser({ set: true });
    deskAnswers(() => ({ status: 404, body: { code: 'not_found' } }));
    expect(await turnOff(2)).toBe('off');
  });
});
