// One request to the desk: signed by this browser's key, never kept by a cache.
import { deskNow, learn } from './clock';
import { base64url, hashed, signed, storedKey } from './key';

/** The desk said no: a stable code, and the status it came with. */
export class Refused extends Error {
  constructor(
    readonly code: string,
    readonly status: number,
    /** The field that is not taken, as a JSON pointer. */
    readonly pointer: string | null = null,
  ) {
    super(code);
  }
}
const NOT_FOUND = 404;
/** What is not at the desk is gone already. */
export const isGone = (thrown: unknown): boolean => thrown instanceof Refused && thrown.status === NOT_FOUND;

/** The desk did not answer. */
export class Away extends Error {}

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';
type Question = { method: Method; path: string; body: string; accept: string };

const FORM = 'saparlas desk 1';
/** The desk itself gives up after so long: a network that hangs is no slow desk. */
const PATIENCE_MS = 35_000;
const JSON_TYPE = 'application/json';
const NONCE_BYTES = 16;
const UNAUTHORIZED = 401;
const EMPTY = 204;

/** What a key signs: change one part, and the signature no longer holds. */
export const signedText = (method: Method, path: string, hash: string, time: string, nonce: string): string =>
  [FORM, method, path, hash, time, nonce].join('\n');

async function signature({ method, path, body }: Question): Promise<Record<string, string>> {
  const key = await storedKey();
  if (!key) return {};
  const time = String(deskNow());
  const nonce = base64url(crypto.getRandomValues(new Uint8Array(NONCE_BYTES)));
  const text = signedText(method, path, await hashed(body), time, nonce);
  return { 'desk-time': time, 'desk-nonce': nonce, 'desk-signature': await signed(key, text) };
}

async function once(question: Question): Promise<Response> {
  const { method, path, body, accept } = question;
  const headers = {
    Accept: accept,
    ...(body === '' ? {} : { 'Content-Type': JSON_TYPE }),
    ...(await signature(question)),
  };
  const how: RequestInit = { method, headers, cache: 'no-store', credentials: 'same-origin', redirect: 'error' };
  // what is streamed has no end
  if (accept === JSON_TYPE) how.signal = AbortSignal.timeout(PATIENCE_MS);
  return fetch(path, body === '' ? how : { ...how, body }).catch(away);
}

const away = (thrown: unknown): never => {
  throw new Away(String(thrown));
};

export async function request(method: Method, path: string, given?: unknown, accept = JSON_TYPE): Promise<Response> {
  const question = { method, path, body: given === undefined ? '' : JSON.stringify(given), accept };
  let answer = await once(question);
  const wasOff = learn(answer.headers.get('date'));
  // signed at an hour that the desk does not believe: once more by its own clock
  if (answer.status === UNAUTHORIZED && wasOff) answer = await once(question);
  if (!answer.ok) throw await refusal(answer);
  return answer;
}

/** A problem names itself by a code (RFC 9457); what is none is the status alone. */
async function refusal(answer: Response): Promise<Refused> {
  const body: unknown = await answer.json().catch(() => null);
  const { code, pointer }: { code?: unknown; pointer?: unknown } =
    body !== null && typeof body === 'object' ? body : {};
  const named = typeof code === 'string' ? code : `status_${answer.status}`;
  return new Refused(named, answer.status, typeof pointer === 'string' ? pointer : null);
}

export async function ask<T>(method: Method, path: string, given?: unknown): Promise<T> {
  const answer = await request(method, path, given);
  return (answer.status === EMPTY ? undefined : await answer.json().catch(away)) as T;
}
