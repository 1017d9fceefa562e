import { beforeEach, describe, expect, it, vi } from 'vitest';

type Entry = { hash: string; state: unknown };
type Heard = (event: { newURL: string }) => void;

/** History as a browser keeps it: what goes to another address is told of at once. */
class Browser {
  entries: Entry[] = [];
  at = 0;
  heard = new Map<string, Heard>();

  begin(hash: string) {
    this.entries = [{ hash, state: null }];
    this.at = 0;
  }
  get now(): Entry {
    return this.entries[this.at]!;
  }
  get hashes() {
    return this.entries.map(({ hash }) => hash);
  }
  tell() {
    this.heard.get('popstate')?.({ newURL: '' });
    this.heard.get('hashchange')?.({ newURL: `tauri://localhost/${this.now.hash}` });
  }
  push(entry: Entry) {
    this.entries = [...this.entries.slice(0, this.at + 1), entry];
    this.at += 1;
  }
  put(entry: Entry) {
    this.entries[this.at] = entry;
  }
  to(at: number) {
    this.at = at;
    this.tell();
  }
}

const browser = new Browser();
browser.begin('./topics');
vi.stubGlobal('location', {
  get hash() {
    return browser.now.hash;
  },
  set hash(hash: string) {
    browser.push({ hash, state: null });
    browser.tell();
  },
  replace(hash: string) {
    browser.put({ hash, state: null });
    browser.tell();
  },
});
vi.stubGlobal('history', {
  get state() {
    return browser.now.state;
  },
  replaceState: (state: unknown, _: string, hash = browser.now.hash) => browser.put({ hash, state }),
  pushState: (state: unknown, _: string, hash: string) => browser.push({ hash, state }),
  back: () => browser.to(browser.at - 1),
  go: (steps: number) => browser.to(browser.at + steps),
});
vi.stubGlobal('addEventListener', (name: string, hear: Heard) => void browser.heard.set(name, hear));

const { bringBack, putAway, tryNext, unhelped } = await import('../src/lib/unhelped.svelte');
const { back, beforeLeaving, forgetAddress, go, router, show, startRouter } = await import('../src/lib/router.svelte');

beforeEach(() => {
  browser.begin('#/now');
  startRouter();
  browser.tell();
});

describe('a page that leaves no trace', () => {
  const violence = { screen: 'guidance', id: 'violence' };
  const named = () => JSON.stringify(browser.entries);

  it('is shown without ever being named', () => {
    show({ screen: 'guidance', id: 'violence' });
    expect(router.route).toEqual(violence);
    expect(named()).not.toContain('violence');
  });

  it('stays, having forgotten the address it was opened by, and what it leads to does not know it', () => {
    browser.push({ hash: '#/guidance/violence', state: null });
    browser.heard.get('popstate')?.({ newURL: '' });
    forgetAddress();
    browser.heard.get('hashchange')?.({ newURL: 'tauri://localhost/#/guidance/violence' });
    expect(router.route).toEqual(violence);
    go('#/contacts');
    expect(named()).not.toContain('violence');
    back();
    expect(router.route).toEqual({ screen: 'guidance', id: null });
  });

  it('leads back to where it was opened, and forward to the list', () => {
    go('#/advisory/one');
    show({ screen: 'guidance', id: 'violence' });
    back();
    expect(router.route).toEqual({ screen: 'advisory', id: 'one' });
    browser.to(browser.at + 1);
    expect(router.route).toEqual({ screen: 'guidance', id: null });
  });

  it('is gone where another takes its place', () => {
    show({ screen: 'guidance', id: 'violence' });
    go('#/now', true);
    expect(router.route).toEqual({ screen: 'now' });
    expect(named()).not.toContain('violence');
  });
});

describe('a link to the page one is on', () => {
  it('opens no other page: back leads to where that was opened from', () => {
    go('#/trips');
    // what a browser does: the entry is put anew, and only the one event tells of it
    browser.put({ hash: '#/trips', state: null });
    browser.heard.get('popstate')?.({ newURL: '' });
    expect(router.from).toBe('#/now');
    go('#/map');
    back();
    back();
    expect(router.route).toEqual({ screen: 'now' });
  });

  it('leaves nothing behind that the next page takes for its own', () => {
    go('#/trips');
    go('#/trips', true);
    go('#/map');
    expect(router.from).toBe('#/trips');
  });
});

describe('the place on a page', () => {
  it('is as it was for whoever comes back, who knows from where', () => {
    go('#/search');
    Object.assign(router.place, { top: 420, words: 'дәрігер' });
    go('#/country/AE');
    expect([router.place, router.left]).toEqual([{ top: 0, words: '' }, null]);
    back();
    expect([router.place, router.left]).toEqual([{ top: 420, words: 'дәрігер' }, '#/country/AE']);
  });

  it('is another in each entry, and none where the page is opened anew', () => {
    go('#/search');
    router.place.words = 'one';
    go('#/now');
    go('#/search');
    expect(router.place.words).toBe('');
    router.place.words = 'two';
    browser.to(browser.at - 2);
    expect(router.place.words).toBe('one');
    go('#/verify', true);
    expect(router.place.words).toBe('');
  });

  it('is the top once something was done on the page that was opened from it', () => {
    Object.assign(router.place, { top: 420, words: '' });
    go('#/stuck');
    go('#/now', true);
    expect([router.route, router.place, router.left]).toEqual([{ screen: 'now' }, { top: 0, words: '' }, null]);
    // whoever comes back by themselves is where they were
    Object.assign(router.place, { top: 240 });
    go('#/stuck');
    back();
    expect([router.place.top, router.left]).toEqual([240, '#/stuck']);
  });

  it('is kept of nothing that was typed once a page is opened that leaves no trace', () => {
    go('#/search');
    router.place.words = 'beats me';
    go('#/map');
    show({ screen: 'guidance', id: 'violence' });
    back();
    back();
    expect([router.place.words, router.left]).toEqual(['', '#/map']);
  });

  it('names no page that leaves no trace', () => {
    go('#/search');
    show({ screen: 'guidance', id: 'violence' });
    back();
    expect(router.left).toBe('#/guidance/');
  });
});

describe('back', () => {
  it('leads to where each page was opened from, step by step', () => {
    go('#/advisory/one');
    go('#/show/doctor');
    expect(router.from).toBe('#/advisory/one');
    back();
    expect(router.route).toEqual({ screen: 'advisory', id: 'one' });
    expect(router.from).toBe('#/now');
    back();
    expect(router.route).toEqual({ screen: 'now' });
    expect(router.from).toBeNull();
  });

  it('is the system’s own', () => {
    go('#/trips');
    go('#/country/AE');
    browser.to(browser.at - 1);
    expect([router.route, router.from]).toEqual([{ screen: 'trips' }, '#/now']);
    go('#/map');
    expect(router.from).toBe('#/trips');
  });

  it('is a key where nobody types', () => {
    vi.stubGlobal('HTMLElement', class {});
    go('#/trips');
    const press = browser.heard.get('keydown') as unknown as (event: object) => void;
    const key = { key: 'ArrowLeft', altKey: true, ctrlKey: false, metaKey: false, target: null, preventDefault() {} };
    press({ ...key, altKey: false });
    expect(router.route).toEqual({ screen: 'trips' });
    press(key);
    expect(router.route).toEqual({ screen: 'now' });
    press(key);
    expect(router.route).toEqual({ screen: 'now' });
  });

  it('does not return to a page whose place another took', () => {
    go('#/trips');
    go('#/trips/new');
    go('#/trips/t1', true);
    expect(router.from).toBe('#/trips');
    back();
    expect(router.route).toEqual({ screen: 'trips' });
  });

  it('is what leads to the page that one was opened from', () => {
    go('#/trips/t1');
    go('#/trips/t1/edit');
    go('#/trips/t1', true);
    expect(browser.hashes.slice(0, browser.at + 1)).toEqual(['#/now', '#/trips/t1']);
    expect(router.from).toBe('#/now');
  });
});

describe('a page that is not left unasked', () => {
  const asked: string[] = [];
  const held = () => {
    asked.length = 0;
    return beforeLeaving((to) => void asked.push(to));
  };
  const paper = { screen: 'paper' };

  it('stays by the system’s own back, by the key, by a link and by what the app opens', () => {
    go('#/trips');
    go('#/paper');
    const leave = held();
    browser.to(browser.at - 1);
    back();
    browser.to(0);
    browser.push({ hash: '#/map', state: null });
    browser.tell();
    go('#/contacts');
    expect(asked).toEqual(['#/trips', '#/trips', '#/now', '#/map', '#/contacts']);
    expect([router.route, router.from, browser.at]).toEqual([paper, '#/trips', 2]);
    leave();
    back();
    expect(router.route).toEqual({ screen: 'trips' });
  });

  it('asks of a press once, though it is heard of twice before history has come back', () => {
    go('#/trips');
    go('#/paper');
    const leave = held();
    const come = vi.spyOn(history, 'go').mockImplementation(() => {});
    browser.to(browser.at - 1);
    expect([asked, come.mock.calls]).toEqual([['#/trips'], [[1]]]);
    browser.to(browser.at + 1);
    come.mockRestore();
    browser.to(browser.at - 1);
    expect(asked).toEqual(['#/trips', '#/trips']);
    leave();
  });
});

describe('what to try after a call that did not help', () => {
  const next = { whom: 'self', tried: '+442079460100' } as const;

  it('lies over the page where that was said, and over no other', () => {
    go('#/contacts');
    tryNext(next);
    expect(unhelped.open).toEqual(next);
    go('#/map');
    expect([unhelped.open, unhelped.standing]).toEqual([null, next]);
    back();
    expect(unhelped.open).toBeNull();
  });

  it('is put away, and brought back, until nobody needs it', () => {
    tryNext(next);
    putAway();
    expect(unhelped.open).toBeNull();
    bringBack();
    expect(unhelped.open).toEqual(next);
    tryNext(null);
    expect([unhelped.open, unhelped.standing]).toEqual([null, null]);
  });
});
