import './fixtures/browser';
import { describe, expect, it, vi } from 'vitest';

import { eachEvent, nameOf } from '../src/api/events';
import { Away, ask, signedText } from '../src/api/http';
import { base64url, hashed } from '../src/api/key';
import { invitation } from '../src/sign-in/invitation';
import { parse, href } from '../src/routes';

it('signs method, path, body, time and nonce, each on its line', async () => {
  // SHA-256 of nothing, as everybody knows it
  const empty = await hashed('');
  expect(empty).toBe('47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU');
  expect(signedText('GET', '/v1/headcount?country=AE', empty, '1', 'n')).toBe(
    `saparlas desk 1\nGET\n/v1/headcount?country=AE\n${empty}\n1\nn`,
  );
});

it('bytes come back whole from base64url', () => {
  const bytes = Uint8Array.from({ length: 256 }, (_, at) => at);
  expect([...Buffer.from(base64url(bytes), 'base64url')]).toEqual([...bytes]);
  expect(base64url(bytes)).not.toMatch(/[+/=]/);
});

it('a desk behind a network that hangs is away', async () => {
  vi.spyOn(AbortSignal, 'timeout').mockReturnValue(AbortSignal.abort(new Error('too long')));
  vi.stubGlobal('fetch', (_: string, { signal }: RequestInit) =>
    signal?.aborted ? Promise.reject(signal.reason as Error) : Promise.resolve(Response.json({})),
  );
  await expect(ask('GET', '/v1/board')).rejects.toBeInstanceOf(Away);
  // the answer began, and its rest never comes
  const rest = new ReadableStream({ pull: () => Promise.reject(new Error('too long')) });
  vi.stubGlobal('fetch', () => Promise.resolve(new Response(rest)));
  await expect(ask('GET', '/v1/board')).rejects.toBeInstanceOf(Away);
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

describe('the stream', () => {
  const streamed = async (...chunks: string[]): Promise<string[]> => {
    const body = new ReadableStream<Uint8Array>({
      start(to) {
        for (const chunk of chunks) to.enqueue(new TextEncoder().encode(chunk));
        to.close();
      },
    });
    const names: string[] = [];
    for await (const name of eachEvent(new Response(body))) names.push(name);
    return names;
  };

  it('names each event, wherever its bytes were cut', async () => {
    expect(
      await streamed('event: cha', 'nged\ndata: {}\n', '\n: beat\n\nevent: pres', 'ence\r\ndata: {}\r\n\r\n'),
    ).toEqual(['changed', 'presence']);
  });

  it('hears nothing in what only keeps the line open', () => {
    expect([nameOf(': beat'), nameOf('data: {}'), nameOf('event: ended')]).toEqual([null, 'message', 'ended']);
  });
});

it('a link gives its token, and nothing else does', () => {
  expect(['#enrol=a-b_1', '#/case/1', '#enrol=', '#enrol=a/b', ''].map(invitation)).toEqual([
    'a-b_1',
    null,
    null,
    null,
    null,
  ]);
});

it('an address leads to its room and back', () => {
  for (const hash of ['#/', '#/case/4811', '#/headcount', '#/headcount/table', '#/call', '#/log'])
    expect(href(parse(hash))).toBe(hash);
  expect(['#/case/x', '#/case/-1', '#/nowhere'].map((hash) => parse(hash).room)).toEqual(['board', 'board', 'board']);
});
