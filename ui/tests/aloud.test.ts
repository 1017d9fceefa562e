import { afterEach, beforeEach, expect, it, vi } from 'vitest';

const voice = (lang: string, localService = true, isDefault = false) => ({ lang, localService, default: isDefault });

class Utterance {
  onend: (() => void) | null = null;
  onerror: (() => void) | null = null;
  constructor(readonly text: string) {}
}

/** A system's speech: what waits to be said, in order. */
class Speech extends EventTarget {
  voices = [voice('ru-RU')];
  queue: Utterance[] = [];
  getVoices = () => this.voices;
  speak = (one: Utterance) => this.queue.push(one);
  cancel = () => {
    const cut = this.queue;
    this.queue = [];
    for (const one of cut) one.onerror?.();
  };
  /** One is said to its end. */
  say = () => this.queue.shift()?.onend?.();
}

let speech: Speech;
const loaded = () => import('../src/lib/aloud.svelte');
const waiting = () => speech.queue.map(({ text }) => text);

beforeEach(() => {
  speech = new Speech();
  vi.stubGlobal('speechSynthesis', speech);
  vi.stubGlobal('SpeechSynthesisUtterance', Utterance);
  vi.resetModules();
});
afterEach(() => vi.unstubAllGlobals());

it('takes a voice of the language and of this device, its own choice first', async () => {
  const { voiceFor } = await loaded();
  const voices = [voice('en-US'), voice('kk-KZ', false), voice('RU_ru'), voice('ru-RU', true, true)];
  expect(voiceFor('ru', voices)).toBe(voices[3]);
  expect(voiceFor('en-GB', voices)).toBe(voices[0]);
  expect(voiceFor('kk', voices), 'it would be heard elsewhere').toBeUndefined();
  expect(voiceFor('r', voices)).toBeUndefined();
});

it('reads in order, and is done with the last', async () => {
  const aloud = new (await loaded()).Aloud();
  aloud.follow();
  expect([aloud.can('ru'), aloud.can('kk')]).toEqual([true, false]);
  aloud.read(['Ложитесь', ' ', 'Почему'], 'ru');
  expect(waiting()).toEqual(['Ложитесь', 'Почему']);
  speech.say();
  expect(aloud.reading).not.toBeNull();
  speech.say();
  expect(aloud.reading).toBeNull();
});

it('says nothing before it is asked, and nothing where there is no voice', async () => {
  const aloud = new (await loaded()).Aloud();
  aloud.follow();
  expect(waiting()).toEqual([]);
  aloud.read(['Жатыңыз'], 'kk');
  expect([waiting(), aloud.reading]).toEqual([[], null]);
});

it('stops by a tap, and when its screen is left', async () => {
  const aloud = new (await loaded()).Aloud();
  const leave = aloud.follow();
  aloud.read(['а', 'б'], 'ru');
  aloud.stop();
  expect([waiting(), aloud.reading]).toEqual([[], null]);
  aloud.read(['а', 'б'], 'ru');
  leave();
  expect([waiting(), aloud.reading]).toEqual([[], null]);
});

it('read anew, the end of what was cut short ends nothing', async () => {
  const aloud = new (await loaded()).Aloud();
  aloud.follow();
  aloud.read(['а'], 'ru');
  const cut = speech.queue[0];
  aloud.read(['б'], 'ru');
  cut?.onerror?.();
  expect([waiting(), aloud.reading === null]).toEqual([['б'], false]);
});

it('hears of voices that come late, until its screen is left', async () => {
  speech.voices = [];
  const aloud = new (await loaded()).Aloud();
  const leave = aloud.follow();
  expect(aloud.can('ru')).toBe(false);
  speech.voices = [voice('ru-RU')];
  speech.dispatchEvent(new Event('voiceschanged'));
  expect(aloud.can('ru')).toBe(true);
  leave();
  speech.voices = [];
  speech.dispatchEvent(new Event('voiceschanged'));
  expect(aloud.can('ru')).toBe(true);
});

it('plays a clip that is shipped, whatever voices there are', async () => {
  speech.voices = [];
  const played: string[] = [];
  class Clip extends EventTarget {
    paused = false;
    constructor(readonly url: string) {
      super();
      all.push(this);
    }
    play = () => Promise.resolve(void played.push(this.url));
    pause = () => (this.paused = true);
  }
  const all: Clip[] = [];
  vi.stubGlobal('Audio', Clip);
  const { Aloud, clipOf } = await loaded();
  expect(clipOf('earthquake', 'kk'), 'none is shipped yet').toBeUndefined();
  const aloud = new Aloud();
  aloud.follow();
  expect(aloud.can('kk', 'a.mp3')).toBe(true);
  aloud.read(['а'], 'kk', 'a.mp3');
  expect([played, waiting(), aloud.reading === null]).toEqual([['a.mp3'], [], false]);
  all[0]?.dispatchEvent(new Event('ended'));
  expect(aloud.reading).toBeNull();
  aloud.read(['а'], 'kk', 'a.mp3');
  aloud.stop();
  expect(all[1]?.paused).toBe(true);
});

it('is nowhere where the system has no speech', async () => {
  vi.stubGlobal('speechSynthesis', undefined);
  const aloud = new (await loaded()).Aloud();
  const leave = aloud.follow();
  expect(aloud.can('ru')).toBe(false);
  leave();
});
