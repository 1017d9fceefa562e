// Files as they are handed over: one after another, each after its length in four bytes.
import { MOST_BYTES } from '../../lib/refused';
import { sides } from './sides';

/** Of all files together. */
const MOST_TOGETHER = 3 * MOST_BYTES;
/** Pictures that the shell reads; the browser draws the others anew, as those of a phone's camera. */
const READ = ['image/png', 'image/jpeg'];
/** What is drawn anew takes four bytes a pixel, in the process that has the call bar. */
const MOST_PIXELS = 64_000_000;
/** No longer side is needed to read a barcode. */
const LONGEST = 3600;
/** A phone refuses pictures and PDF by their first letters. */
const BEGINNING = 16;
const isPhone = (): boolean => /Android|iPhone|iPad/.test(navigator.userAgent);

export const areTooLarge = (files: readonly File[]): boolean =>
  files.reduce((sum, { size }) => sum + size, 0) > MOST_TOGETHER;

/** One after another: each picture that is drawn anew has all the room that one may have. */
export async function bytesOf(files: readonly File[]): Promise<Uint8Array[]> {
  const bytes = [];
  for (const file of files) bytes.push(await bytesOfOne(file));
  return bytes;
}

async function bytesOfOne(file: File): Promise<Uint8Array> {
  const isPicture = file.type.startsWith('image/');
  if (isPhone() && (isPicture || file.type === 'application/pdf')) return bytesUpTo(file, BEGINNING);
  const drawn = isPicture && !READ.includes(file.type) ? await asPng(file) : null;
  // of one that is too large as much goes over as lets Rust refuse it
  return bytesUpTo(drawn ?? file, MOST_BYTES + 1);
}

const bytesUpTo = async (blob: Blob, most: number): Promise<Uint8Array> =>
  new Uint8Array(await blob.slice(0, most).arrayBuffer());

export function joined(files: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(files.reduce((sum, { length }) => sum + 4 + length, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const file of files) {
    view.setUint32(at, file.length, true);
    bytes.set(file, at + 4);
    at += 4 + file.length;
  }
  return bytes;
}

/** Null where the browser does not know such pictures, or nobody knows how large they are. */
async function asPng(file: File): Promise<Blob | null> {
  const size = sides(await bytesUpTo(file, 64 * 1024));
  if (!size || size.width * size.height > MOST_PIXELS) return null;
  try {
    const picture = await createImageBitmap(file);
    const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
    const canvas = document.createElement('canvas');
    canvas.width = Math.ceil(picture.width * scale);
    canvas.height = Math.ceil(picture.height * scale);
    canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    return await new Promise((drawn) => canvas.toBlob(drawn, 'image/png'));
  } catch {
    return null;
  }
}
