// The colours of the page's own tokens, read again when the device turns dark.
import { hatch, levels, patterns, type Level } from './patterns';

export type Palette = {
  sea: string;
  land: string;
  edge: string;
  card: string;
  ink: string;
  soft: string;
  steppe: string;
  onLevel: string;
  level: Record<Level, { ink: string; hatch: CanvasPattern | null }>;
};

/** Patterns stay clear on a dense screen; more than this only costs. */
export const DENSEST = 2;

export function palette(dense: number): Palette {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string) => style.getPropertyValue(`--${name}`).trim();
  const level = (one: Level) => {
    const ink = token(`level-${one}`);
    return { ink, hatch: hatch(patterns[one], token(`tint-${one}`), ink, dense) };
  };
  return {
    sea: token('paper'),
    land: token('line'),
    edge: token('edge'),
    card: token('card'),
    ink: token('ink'),
    soft: token('soft'),
    steppe: token('steppe'),
    onLevel: token('on-level'),
    level: Object.fromEntries(levels.map((one) => [one, level(one)])) as Palette['level'],
  };
}
