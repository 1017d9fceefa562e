// The key of this browser: made here, kept where no script can read it out, and needed for every request. A stolen
// cookie without it opens nothing.
const NAME = 'saparlas';
const STORE = 'keys';
const SLOT = 'officer';
const CURVE = { name: 'ECDSA', namedCurve: 'P-256' };
const SIGNS = { name: 'ECDSA', hash: 'SHA-256' };

const done = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('indexed db'));
  });

function open(): Promise<IDBDatabase> {
  const request = indexedDB.open(NAME, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(STORE);
  return done(request);
}

async function within<T>(mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const base = await open();
  try {
    return await done(act(base.transaction(STORE, mode).objectStore(STORE)));
  } finally {
    base.close();
  }
}

export async function storedKey(): Promise<CryptoKeyPair | null> {
  return (await within('readonly', (store) => store.get(SLOT) as IDBRequest<CryptoKeyPair | undefined>)) ?? null;
}

/** A new one with each sign-in; what it replaces is gone. */
export async function freshKey(): Promise<CryptoKeyPair> {
  const key = await crypto.subtle.generateKey(CURVE, false, ['sign', 'verify']);
  await within('readwrite', (store) => store.put(key, SLOT));
  return key;
}

export const forgetKey = (): Promise<undefined> => within('readwrite', (store) => store.delete(SLOT));

/** The public half as the desk enrols it: the point, uncompressed. */
export const publicHalf = async (key: CryptoKeyPair): Promise<string> =>
  base64url(await crypto.subtle.exportKey('raw', key.publicKey));

export async function signed(key: CryptoKeyPair, text: string): Promise<string> {
  return base64url(await crypto.subtle.sign(SIGNS, key.privateKey, new TextEncoder().encode(text)));
}

export async function hashed(body: string): Promise<string> {
  return base64url(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(body)));
}

export function base64url(bytes: ArrayBuffer | Uint8Array): string {
  const all = bytes instanceof Uint8Array ? bytes : new Uint8Array(bytes);
  return btoa(String.fromCharCode(...all))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');
}
