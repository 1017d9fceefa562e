// The colours of the page's own tokens, read again when the device turns dark.
import { hatch } from './hatch';
import { levels, type Level } from './levels';
import { mix } from './mix';

export type Palette = {
  sea: string;
  land: string;
  /** Land that nobody gave a level: it is not to look safe. */
  unset: string;
  coast: string;
  border: string;
  edge: string;
  paper: string;
  card: string;
  ink: string;
  soft: string;
  steppe: string;
  onLevel: string;
  /** `quiet` is the ground of a country of that level, `loud` that of a warning. */
  level: Record<Level, { ink: string; quiet: string; loud: string; hatch: CanvasPattern | null }>;
};

/** Patterns stay clear on a dense screen; more than this only costs. */
export const DENSEST = 2;
/** How much of a level's tint lies on its country. */
export const QUIET = 0.4;
/** And how much under a warning's hatching, on land and sea. */
export const LOUD = 0.8;

export function palette(dense: number): Palette {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string) => style.getPropertyValue(`--${name}`).trim();
  const land = token('land');
  const level = (one: Level) => {
    const [ink, tint] = [token(`level-${one}`), token(`tint-${one}`)];
    return { ink, quiet: mix(tint, land, QUIET), loud: tint, hatch: hatch(ink, dense) };
  };
  return {
    sea: token('sea'),
    land,
    unset: token('land-unset'),
    coast: token('coast'),
    border: token('border'),
    edge: token('edge'),
    paper: token('paper'),
    card: token('card'),
    ink: token('ink'),
    soft: token('soft'),
    steppe: token('steppe'),
    onLevel: token('on-level'),
    level: Object.fromEntries(levels.map((one) => [one, level(one)])) as Palette['level'],
  };
}
