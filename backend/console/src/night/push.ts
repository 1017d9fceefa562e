// Whether this browser tells its officer of a life while nobody looks at it.
import { browserOf, tellIn, tellNoMore, toldIn } from '../api/push';
import { go } from '../router.svelte';
import { workerWords } from '../words/night';

export type Push =
  | 'on'
  | 'off'
  /** This browser has no pushes. */
  | 'none'
  /** The officer, or whoever set the browser up, forbids them. */
  | 'refused'
  /** Its push service does not answer. */
  | 'failed';

const hasPush = (): boolean =>
  'serviceWorker' in navigator && 'PushManager' in globalThis && 'Notification' in globalThis;

const subscribed = async (): Promise<PushSubscription | null> =>
  (await (await navigator.serviceWorker.getRegistration())?.pushManager.getSubscription()) ?? null;

export async function standing(officer: number): Promise<Push> {
  if (!hasPush()) return 'none';
  if (Notification.permission === 'denied') return 'refused';
  const subscription = await subscribed();
  if (!subscription) return 'off';
  const { browsers } = await toldIn(officer);
  return browsers.includes(await browserOf(subscription)) ? 'on' : 'off';
}

/** Asks for leave first: a browser takes that from a press alone. */
export async function turnOn(officer: number): Promise<Push> {
  if ((await Notification.requestPermission()) !== 'granted') return 'refused';
  const subscription = await subscribe((await toldIn(officer)).key);
  if (!subscription) return 'failed';
  await tellIn(officer, subscription);
  return 'on';
}

async function subscribe(applicationServerKey: string): Promise<PushSubscription | null> {
  const { pushManager } = await registered();
  // one of another key of the desk, or of another officer, takes no push of this one
  await (await pushManager.getSubscription())?.unsubscribe();
  try {
    return await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey });
  } catch (thrown) {
    if (thrown instanceof DOMException) return null;
    throw thrown;
  }
}

export async function turnOff(officer: number): Promise<Push> {
  const subscription = await subscribed();
  if (subscription) {
    await tellNoMore(officer, subscription);
    await subscription.unsubscribe();
  }
  return 'off';
}

async function registered(): Promise<ServiceWorkerRegistration> {
  await navigator.serviceWorker.register(workerUrl(), { updateViaCache: 'none' });
  return navigator.serviceWorker.ready;
}

const workerUrl = (): string => `/worker.js?${new URLSearchParams(workerWords()).toString()}`;

/** The worker speaks the language of the page from now on. */
export async function speak(): Promise<void> {
  if (hasPush() && (await navigator.serviceWorker.getRegistration())) await registered();
}

/** A press on a notification brings the page that is open to the board. */
export function listenToWorker(): void {
  if (hasPush()) navigator.serviceWorker.addEventListener('message', () => go({ room: 'board' }));
}
