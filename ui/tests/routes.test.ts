import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { href, parse, tabOf, type Route } from '../src/lib/routes';

const routes: Route[] = [
  { screen: 'now' },
  { screen: 'stuck' },
  { screen: 'verify' },
  { screen: 'family' },
  { screen: 'no-word' },
  { screen: 'messages' },
  { screen: 'need', of: null },
  { screen: 'need', of: 12 },
  { screen: 'sms' },
  { screen: 'drill' },
  { screen: 'trips' },
  { screen: 'trip', id: '1111' },
  { screen: 'trip', id: '1111', part: 'people' },
  { screen: 'trip', id: '1111', part: 'card-7' },
  { screen: 'trip-form', id: null },
  { screen: 'trip-form', id: '1111' },
  { screen: 'paper' },
  { screen: 'restore' },
  { screen: 'import', id: null },
  { screen: 'import', id: '1111' },
  { screen: 'guidance', id: null },
  { screen: 'guidance', id: 'air-raid' },
  { screen: 'map' },
  { screen: 'country', code: 'AE' },
  { screen: 'search' },
  { screen: 'contacts' },
  { screen: 'mission', id: 'mission.dubai' },
  { screen: 'settings' },
  { screen: 'left' },
  { screen: 'privacy' },
  { screen: 'about' },
  { screen: 'advisory', id: 'advisory/ae 1%' },
];

it.each(routes)('finds its way back to %o', (route) => {
  expect(parse(href(route))).toEqual(route);
});

it.each(['', '#', '#/', '#/nowhere', '#/advisory', '#/%E0%A4%A'])('opens Now for %s', (hash) => {
  expect(parse(hash)).toEqual({ screen: 'now' });
});

it('lights the tab a screen belongs to', () => {
  expect(routes.map(tabOf)).toEqual([
    'now',
    'now',
    'now',
    'now',
    'now',
    'now',
    'now',
    'now',
    'now',
    null,
    'trips',
    'trips',
    'trips',
    'trips',
    'trips',
    'trips',
    'trips',
    'trips',
    'trips',
    'trips',
    'guidance',
    'guidance',
    'map',
    'map',
    null,
    'contacts',
    'contacts',
    null,
    null,
    null,
    null,
    'now',
  ]);
});

it('leads back from every page in one way', () => {
  const root = new URL('../src', import.meta.url).pathname;
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.svelte'));
  const own = files.filter((file) => /<a\s[^>]*class="back/.test(readFileSync(`${root}/${file}`, 'utf8')));
  expect(own).toEqual(['lib/parts/BackLink.svelte']);
});
