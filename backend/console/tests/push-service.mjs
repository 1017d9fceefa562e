// A push service after RFC 8030, which opens what it is brought by npm http_ece, as the browser would. It tells on stdout,
// as JSON lines, where it listens and what came. On stdin: {"subscribe": NAME} makes a browser and says its subscription,
// {"name", "status", "retry_after"} is how the next push to that one is answered, {"count": true} says how many came.
import { createECDH, createPublicKey, randomBytes, verify } from 'node:crypto';
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import ece from 'http_ece';

const say = (what) => console.log(JSON.stringify(what));
const browsers = new Map();
const answers = [];
let count = 0;

/** RFC 8292: whose key signed it, and for whom. */
function signed(header) {
  const [, token, k] = /^vapid t=([^,]+), k=(.+)$/.exec(header);
  const [head, claims, signature] = token.split('.');
  const point = Buffer.from(k, 'base64url');
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((half) => half.toString('base64url'));
  const key = createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y }, format: 'jwk' });
  const how = { key, dsaEncoding: 'ieee-p1363' };
  const holds = verify('sha256', Buffer.from(`${head}.${claims}`), how, Buffer.from(signature, 'base64url'));
  const read = (part) => JSON.parse(Buffer.from(part, 'base64url'));
  const { aud, exp, sub } = read(claims);
  return { holds, alg: read(head).alg, aud, sub, hours: (exp - Date.now() / 1000) / 3600, key: k };
}

const server = createServer(async (request, response) => {
  count += 1;
  const name = request.url.slice(1);
  const { key, auth } = browsers.get(name);
  const body = Buffer.concat(await chunks(request));
  const { ttl, urgency, topic, authorization, 'content-encoding': encoding } = request.headers;
  const words = ece.decrypt(body, { version: encoding, privateKey: key, authSecret: auth }).toString();
  const next = answers.findIndex((answer) => answer.name === name);
  const [{ status, retry_after: wait }] = next < 0 ? [{ status: 201 }] : answers.splice(next, 1);
  response.writeHead(status, wait === undefined ? {} : { 'retry-after': wait }).end();
  say({ name, status, at: Date.now(), words, ttl, urgency, topic, signed: signed(authorization) });
});

async function chunks(request) {
  const all = [];
  for await (const chunk of request) all.push(chunk);
  return all;
}

server.listen(0, '127.0.0.1', () => say({ port: server.address().port }));

for await (const line of createInterface({ input: process.stdin })) {
  const said = JSON.parse(line);
  if (said.subscribe) {
    const [key, auth] = [createECDH('prime256v1'), randomBytes(16)];
    key.generateKeys();
    browsers.set(said.subscribe, { key, auth });
    const endpoint = `http://127.0.0.1:${server.address().port}/${said.subscribe}`;
    say({ endpoint, p256dh: key.getPublicKey('base64url'), auth: auth.toString('base64url') });
  } else if (said.count) say({ count });
  else answers.push(said);
}
process.exit(0);
