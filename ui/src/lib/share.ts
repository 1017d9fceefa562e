import { copyText } from './copy';

/** Whether the system hands texts on by itself. */
export const shares = 'share' in navigator;

/** Hands a text on by the system, else puts it on the clipboard. Whether it is there then. */
export async function share(data: ShareData & { text: string }): Promise<boolean> {
  try {
    if (!shares) return await copyText(data.text);
    await navigator.share(data);
    return false;
  } catch (thrown) {
    const changedMind = thrown instanceof DOMException && thrown.name === 'AbortError';
    return !changedMind && (await copyText(data.text));
  }
}
