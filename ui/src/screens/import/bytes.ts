// Files as they are handed over: one after another, each after its length in four bytes.

/** No larger file is read: of one that is, as much goes over as lets Rust refuse it. */
const MOST_BYTES = 16 * 1024 * 1024;
/** Pictures that the shell reads; the browser draws the others anew, as those of a phone's camera. */
const READ = ['image/png', 'image/jpeg'];

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

export async function bytesOf(file: File): Promise<Uint8Array> {
  const readable = (file.type.startsWith('image/') && !READ.includes(file.type) && (await asPng(file))) || file;
  return new Uint8Array(await readable.slice(0, MOST_BYTES + 1).arrayBuffer());
}

/** Null where the browser does not know such pictures. */
async function asPng(file: File): Promise<Blob | null> {
  try {
    const picture = await createImageBitmap(file);
    const canvas = document.createElement('canvas');
    canvas.width = picture.width;
    canvas.height = picture.height;
    canvas.getContext('2d')?.drawImage(picture, 0, 0);
    picture.close();
    return await new Promise((drawn) => canvas.toBlob(drawn, 'image/png'));
  } catch {
    return null;
  }
}
