// What a traveller brings: one file.
export type Brought = { file: File } | { refused: 'folder' | 'several' };

/** The one file that was dropped or pasted; null where none was. */
export function broughtBy(transfer: DataTransfer): Brought | null {
  const files = Array.from(transfer.items).filter(({ kind }) => kind === 'file');
  if (files.some((item) => item.webkitGetAsEntry()?.isDirectory)) return { refused: 'folder' };
  if (transfer.files.length > 1) return { refused: 'several' };
  const file = transfer.files[0];
  return file ? { file } : null;
}
