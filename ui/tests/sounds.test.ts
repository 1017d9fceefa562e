import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { shakes } from '../src/lib/sounds/alarm';
import type { Sound } from '../src/lib/api';
import { RATE, samples } from '../src/lib/sounds/dombyra';
import { wav } from '../src/lib/sounds/wav';

const SOUNDS: Sound[] = ['extreme', 'all_clear', 'message'];

const peak = (of: Float32Array) => of.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

it.each(SOUNDS)('keeps %s as the file that the system plays', (sound) => {
  const kept = readFileSync(new URL(`../../sounds/${sound}.wav`, import.meta.url));
  expect(Buffer.compare(kept, wav(samples(sound))), 'run `npm run sounds`').toBe(0);
});

it('strikes three times for danger, and rings out when it is over', () => {
  const lengths = SOUNDS.map((sound) => Math.round((10 * samples(sound).length) / RATE) / 10);
  expect(lengths).toEqual([2.4, 4.2, 1.2]);
});

it.each(SOUNDS)('begins %s loud, never cuts it off and never distorts', (sound) => {
  const all = samples(sound);
  expect(peak(all)).toBeCloseTo(0.9, 5);
  expect(peak(all.subarray(0, RATE / 10))).toBeGreaterThan(0.3);
  expect(peak(all.subarray(-20))).toBeLessThan(0.01);
});

it('is not the sound of a siren: most of what carries lies from 0.8 to 3 kHz', () => {
  const all = samples('extreme').subarray(0, 8192);
  const power = (from: number, to: number) => {
    let sum = 0;
    for (let hertz = from; hertz < to; hertz += 20) {
      let [re, im] = [0, 0];
      all.forEach((value, at) => {
        re += value * Math.cos((2 * Math.PI * hertz * at) / RATE);
        im += value * Math.sin((2 * Math.PI * hertz * at) / RATE);
      });
      sum += re * re + im * im;
    }
    return sum;
  };
  expect(power(800, 3000)).toBeGreaterThan(0.3 * power(100, 8000));
});

it('shakes in the pattern of danger, three times with a pause', () => {
  expect(shakes('extreme', 1)).toEqual([400, 150, 400, 150, 400]);
  expect(shakes('extreme', 3).filter((ms) => ms === 800)).toHaveLength(2);
  expect(shakes('all_clear', 1)).toEqual([80, 120, 600]);
});
