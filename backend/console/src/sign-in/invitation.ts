/** The token of a one-time link, `#enrol=…`; null where the address is none. */
export const invitation = (hash: string): string | null => /^#enrol=([\w-]+)$/.exec(hash)?.[1] ?? null;
