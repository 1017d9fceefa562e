// What a traveller brings: files, as those of a family come together.
export type Brought = { files: File[] } | { refused: 'folder' | 'several' };

/** Rust refuses more too. */
const MOST_FILES = 12;

/** The files that were dropped or pasted; null where none was. */
export function broughtBy(transfer: DataTransfer): Brought | null {
  const files = Array.from(transfer.items).filter(({ kind }) => kind === 'file');
  if (files.some((item) => item.webkitGetAsEntry()?.isDirectory)) return { refused: 'folder' };
  return transfer.files.length === 0 ? null : chosen(transfer.files);
}

export const chosen = (files: FileList): Brought =>
  files.length > MOST_FILES ? { refused: 'several' } : { files: Array.from(files) };
