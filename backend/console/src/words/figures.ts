const NO_BREAK = '\u00a0';

/** "4 812". */
export const grouped = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/g, NO_BREAK);
