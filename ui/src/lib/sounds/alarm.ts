// What an alarm does beside its words: it sounds and shakes, until it is ended.
import type { Sound } from '../api';
import { RATE, samples } from './dombyra';

/** Milliseconds on and off, by turns. */
const SHAKES: Record<Sound, number[]> = {
  extreme: [400, 150, 400, 150, 400],
  all_clear: [80, 120, 600],
  message: [60],
};
const PAUSE_MS = 800;
/** Danger is struck three times over. */
const TIMES: Record<Sound, number> = { extreme: 3, all_clear: 1, message: 1 };

/** `times` shakes of a kind, with a pause between. */
export const shakes = (sound: Sound, times: number): number[] =>
  Array.from({ length: times }, (_, turn) => (turn === 0 ? SHAKES[sound] : [PAUSE_MS, ...SHAKES[sound]])).flat();

export type Playing = { sounds: boolean; shakes: boolean; end: () => void };

/** Plays a sound as often as it is struck. Says what this device does of it. */
export async function play(sound: Sound): Promise<Playing> {
  const times = TIMES[sound];
  const shaken = 'vibrate' in navigator && navigator.vibrate(shakes(sound, times));
  const context = 'AudioContext' in window ? new AudioContext() : null;
  const end = () => {
    if ('vibrate' in navigator) navigator.vibrate(0);
    if (context && context.state !== 'closed') void context.close();
  };
  if (!context) return { sounds: false, shakes: shaken, end };
  const once = samples(sound);
  const buffer = context.createBuffer(1, once.length * times, RATE);
  for (let turn = 0; turn < times; turn += 1) buffer.copyToChannel(once, 0, turn * once.length);
  const source = context.createBufferSource();
  source.buffer = buffer;
  source.connect(context.destination);
  source.onended = end;
  source.start();
  // a system without a loudspeaker never lets it run
  const runs = await Promise.race([
    context.resume().then(() => context.state === 'running'),
    new Promise<boolean>((done) => setTimeout(done, 1000, false)),
  ]);
  return { sounds: runs, shakes: shaken, end };
}
