// Why a file that was brought is not read.

/** No larger file is: Rust refuses it too. */
export const MOST_BYTES = 16 * 1024 * 1024;

/** What a rejected command said, of the codes that have words; anything else that was thrown is of the file. */
export const refusalIn =
  <Code extends string>(words: Record<Code | 'unreadable', () => string>) =>
  (thrown: unknown): Code | 'unreadable' => {
    if (typeof thrown === 'string' && thrown in words) return thrown as Code;
    console.error(thrown);
    return 'unreadable';
  };
