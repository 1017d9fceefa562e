// Strokes of a dombyra after Karplus and Strong: a burst of noise runs round in a delay as long as the string and loses
// its edge on the way. Nobody's recording, and the same numbers on every machine.

import type { Sound } from '../api';

/** Samples a second. */
export const RATE = 22_050;

/** A press of two strings a fourth apart, in hertz. */
const LOW = [293.66, 391.99];
const MIDDLE = [329.63, 440];
const HIGH = [391.99, 523.25];

type Stroke = { strings: number[]; seconds: number };

const STROKES: Record<Sound, Stroke[]> = {
  extreme: [LOW, MIDDLE, HIGH].map((strings) => ({ strings, seconds: 0.8 })),
  all_clear: [
    { strings: HIGH, seconds: 0.6 },
    { strings: MIDDLE, seconds: 0.6 },
    { strings: LOW, seconds: 3 },
  ],
  message: [{ strings: MIDDLE, seconds: 1.2 }],
};

/** The hand meets the second string a moment after the first. */
const BETWEEN_STRINGS = Math.round(0.012 * RATE);
/** What a string keeps each time round. */
const KEPT = 0.996;
const LOUDEST = 0.9;
/** The last moment of a sound fades, so that it does not end with a click. */
const FADE = Math.round(0.06 * RATE);

/** Numbers in -1..1, the same for the same seed. */
function noise(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state / 0x8000_0000;
  };
}

/** Adds one plucked string to what sounds already. */
function pluck(into: Float64Array, begin: number, hertz: number): void {
  const length = Math.round(RATE / hertz - 0.5);
  const random = noise(Math.round(hertz * 100));
  const string = Float64Array.from({ length }, random);
  for (let at = begin; at < into.length; at += 1) {
    const here = (at - begin) % length;
    const next = (here + 1) % length;
    const value = string[here] ?? 0;
    into[at] = (into[at] ?? 0) + value;
    string[here] = (KEPT * (value + (string[next] ?? 0))) / 2;
  }
}

/** A sound's samples in -1..1. */
export function samples(sound: Sound): Float32Array<ArrayBuffer> {
  const strokes = STROKES[sound];
  const length = Math.round(strokes.reduce((sum, { seconds }) => sum + seconds, 0) * RATE);
  const sum = new Float64Array(length);
  let begin = 0;
  for (const { strings, seconds } of strokes) {
    strings.forEach((hertz, index) => pluck(sum, begin + index * BETWEEN_STRINGS, hertz));
    begin += Math.round(seconds * RATE);
  }
  const peak = sum.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const gain = (at: number) => (LOUDEST / peak) * Math.min(1, (length - at) / FADE);
  return Float32Array.from(sum, (value, at) => value * gain(at));
}
