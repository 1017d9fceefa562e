// A sound as a file that every system plays: RIFF WAVE, one channel of 16 bits.
import { RATE } from './dombyra';

const HEADER = 44;
const BYTES = 2;

export function wav(samples: Float32Array): Uint8Array {
  const bytes = new Uint8Array(HEADER + BYTES * samples.length);
  const view = new DataView(bytes.buffer);
  const text = (at: number, words: string) =>
    [...words].forEach((letter, i) => view.setUint8(at + i, letter.charCodeAt(0)));
  text(0, 'RIFF');
  view.setUint32(4, bytes.length - 8, true);
  text(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, RATE, true);
  view.setUint32(28, RATE * BYTES, true);
  view.setUint16(32, BYTES, true);
  view.setUint16(34, 8 * BYTES, true);
  text(36, 'data');
  view.setUint32(40, BYTES * samples.length, true);
  samples.forEach((value, at) => view.setInt16(HEADER + BYTES * at, Math.round(value * 0x7fff), true));
  return bytes;
}
