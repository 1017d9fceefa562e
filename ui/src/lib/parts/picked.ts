let leaving: Promise<void> = Promise.resolve();

/** A box of places is being left: what was typed into it is taken once the press is over. */
export function leave(taken: Promise<void>): void {
  leaving = taken;
}

/** Once what was typed into the box that was left last is taken. */
export const picked = (): Promise<void> => leaving;
