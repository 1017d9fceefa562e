const TURNS_DIRECTION = /[\u202a-\u202e\u2066-\u2069]/gu;

/** Another’s words within a line of ours: they turn the direction of nothing (Unicode UAX #9). */
export const isolated = (text: string): string => `\u2068${text.replace(TURNS_DIRECTION, '')}\u2069`;
