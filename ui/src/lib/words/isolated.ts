const TURNS_DIRECTION = /[\u202a-\u202e\u2066-\u2069]/gu;

/** Another’s words without the marks that turn the direction of what follows (Unicode UAX #9). */
export const straight = (text: string): string => text.replace(TURNS_DIRECTION, '');

/** Another’s words within a line of ours: they turn the direction of nothing. */
export const isolated = (text: string): string => `\u2068${straight(text)}\u2069`;
