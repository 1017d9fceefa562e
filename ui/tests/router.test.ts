import { beforeEach, expect, it, vi } from 'vitest';

const heard = new Map<string, (event?: { newURL: string }) => void>();
const place = { hash: './topics', replace: vi.fn((hash: string) => void (place.hash = hash)) };

vi.stubGlobal('location', place);
vi.stubGlobal('history', { replaceState: vi.fn((_: null, __: string, hash: string) => void (place.hash = hash)) });
vi.stubGlobal('addEventListener', (name: string, hear: () => void) => void heard.set(name, hear));

const { forgetAddress, go, router, show, startRouter } = await import('../src/lib/router.svelte');

beforeEach(() => {
  place.hash = './topics';
  startRouter();
});

it('shows a page that leaves no trace without ever naming it', () => {
  show({ screen: 'guidance', id: 'violence' });
  expect(router.route).toEqual({ screen: 'guidance', id: 'violence' });
  expect(place.hash).not.toContain('violence');
});

it('stays on a page that forgot the address it was opened by', () => {
  place.hash = '#/guidance/violence';
  heard.get('popstate')?.();
  forgetAddress();
  heard.get('hashchange')?.({ newURL: 'tauri://localhost/#/guidance/violence' });
  expect(router.route).toEqual({ screen: 'guidance', id: 'violence' });
  expect(place.hash).not.toContain('violence');
});

it('leads back to the list from such a page, by link or by history', () => {
  show({ screen: 'guidance', id: 'violence' });
  expect(place.hash).not.toBe('./topics');
  heard.get('popstate')?.();
  expect(router.route).toEqual({ screen: 'guidance', id: null });
});

it('replaces the entry it leaves where that is asked for', () => {
  go('#/now', true);
  expect(place.replace).toHaveBeenCalledWith('#/now');
  go('#/trips');
  expect(place.replace).toHaveBeenCalledTimes(1);
  expect(place.hash).toBe('#/trips');
});
