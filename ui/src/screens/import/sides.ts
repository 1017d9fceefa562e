// How large a picture is, by its beginning: what is unpacked to more than there is room for would end the page.

type Sides = { width: number; height: number };

/** Of a GIF, a WebP, a HEIC or an AVIF; null of all else. */
export function sides(bytes: Uint8Array): Sides | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const says = (at: number, text: string) =>
    Array.from(text).every((letter, nth) => bytes[at + nth] === letter.charCodeAt(0));
  if (says(0, 'GIF8') && bytes.length >= 10) {
    return { width: view.getUint16(6, true), height: view.getUint16(8, true) };
  }
  if (says(0, 'RIFF') && says(8, 'WEBP') && bytes.length >= 30) return sidesOfWebp(view, says);
  return says(4, 'ftyp') ? largest(view, says) : null;
}

function sidesOfWebp(view: DataView, says: (at: number, text: string) => boolean): Sides | null {
  if (says(12, 'VP8 ')) return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
  if (says(12, 'VP8L')) {
    const packed = view.getUint32(21, true);
    return { width: (packed & 0x3fff) + 1, height: ((packed >>> 14) & 0x3fff) + 1 };
  }
  const three = (at: number) => (view.getUint32(at, true) & 0xffffff) + 1;
  return says(12, 'VP8X') ? { width: three(24), height: (view.getUint32(26, true) >>> 8) + 1 } : null;
}

/** The picture is as large as the largest of its parts, and its tiles are smaller. */
function largest(view: DataView, says: (at: number, text: string) => boolean): Sides | null {
  let found: Sides | null = null;
  for (let at = 0; at + 16 <= view.byteLength; at += 1) {
    if (!says(at, 'ispe')) continue;
    const [width, height] = [view.getUint32(at + 8), view.getUint32(at + 12)];
    if (!found || width * height > found.width * found.height) found = { width, height };
  }
  return found;
}
