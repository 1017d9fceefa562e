// Words on the map that do not lie over each other: those that matter more come first.
import { overlap, type Box, type Point } from './globe';
import type { Size } from './camera';

/** "Below, to the left": under the place, ending about where it is. */
export type Side =
  'on' | 'right' | 'left' | 'below' | 'above' | 'below-left' | 'below-right' | 'above-left' | 'above-right';
export type Wish = { at: Point; size: Size; sides: Side[]; gap: number };

/** For each wish where its words go, or null where there is no place for them. */
export function place(wishes: Wish[], screen: Size, taken: Box[]): (Box | null)[] {
  const full = [...taken];
  return wishes.map((wish) => {
    const found = wish.sides
      .map((side) => boxOf(wish, side))
      .find((box) => within(box, screen) && !full.some((one) => overlap(one, box)));
    if (found) full.push(found);
    return found ?? null;
  });
}

const SHIFT = {
  on: -0.5,
  below: -0.5,
  above: -0.5,
  'below-left': -0.9,
  'above-left': -0.9,
  'below-right': -0.1,
  'above-right': -0.1,
};

function boxOf({ at: { x, y }, size: { width, height }, gap }: Wish, side: Side): Box {
  const beside = side === 'left' || side === 'right';
  const left = beside ? (side === 'right' ? x + gap : x - gap - width) : x + width * SHIFT[side];
  const top = side.startsWith('below') ? y + gap : side.startsWith('above') ? y - gap - height : y - height / 2;
  return { left, top, right: left + width, bottom: top + height };
}

const within = ({ left, top, right, bottom }: Box, { width, height }: Size): boolean =>
  left >= 0 && top >= 0 && right <= width && bottom <= height;

/** A long name in two lines, cut at the space nearest its middle. */
export function inTwo(name: string): string[] {
  const middle = name.length / 2;
  const spaces = [...name].flatMap((letter, at) => (letter === ' ' ? [at] : []));
  const [cut] = spaces.sort((a, b) => Math.abs(a - middle) - Math.abs(b - middle));
  return cut === undefined ? [name] : [name.slice(0, cut), name.slice(cut + 1)];
}
