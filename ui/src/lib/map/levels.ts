// The four levels; a warning takes the colour of the level that its severity stands for.
export type Level = 1 | 2 | 3 | 4;

export const levels: Level[] = [1, 2, 3, 4];

export function levelOf(level: number): Level | null {
  return levels.find((one) => one === level) ?? null;
}
