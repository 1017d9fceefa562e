import { expect, it } from 'vitest';
import { overlap } from '../src/lib/map/globe';
import { inTwo, place, type Wish } from '../src/lib/map/labels';

const screen = { width: 300, height: 300 };
const wish = (x: number, y: number, over: Partial<Wish> = {}): Wish => ({
  at: { x, y },
  size: { width: 60, height: 20 },
  sides: ['on'],
  gap: 5,
  ...over,
});

it('gives the place to those that matter more', () => {
  const [first, second] = place([wish(100, 100), wish(110, 105)], screen, []);
  expect(first).toEqual({ left: 70, top: 90, right: 130, bottom: 110 });
  expect(second).toBeNull();
});

it('goes to another side where the first is taken', () => {
  const [first, second] = place(
    [wish(100, 100), wish(100, 100, { sides: ['on', 'right', 'below'], gap: 12 })],
    screen,
    [],
  );
  expect(second?.top).toBe(112);
  expect(first && second && overlap(first, second)).toBe(false);
});

it('covers neither signs nor buttons', () => {
  const buttons = { left: 240, top: 150, right: 300, bottom: 300 };
  expect(place([wish(230, 200)], screen, [buttons])).toEqual([null]);
  const [beside] = place([wish(225, 200, { sides: ['below', 'below-left'] })], screen, [buttons]);
  expect(beside && beside.right).toBeLessThanOrEqual(240);
});

it('stays whole on the screen', () => {
  expect(place([wish(10, 100), wish(100, 295)], screen, [])).toEqual([null, null]);
});

it('cuts a long name at the space nearest its middle', () => {
  expect(inTwo('Біріккен Араб Әмірліктері')).toEqual(['Біріккен Араб', 'Әмірліктері']);
  expect(inTwo('Қазақстан')).toEqual(['Қазақстан']);
});
