import { expect, it } from 'vitest';
import { roomIn } from '../src/lib/map/room';

const square = [0, 0, 10, 0, 10, 10, 0, 10];

it('is the middle of a square', () => {
  const room = roomIn([square]);
  expect(room.x).toBeCloseTo(5);
  expect(room.y).toBeCloseTo(5);
  expect(room.width).toBeCloseTo(10);
  expect(room.height).toBeCloseTo(10);
});

it('is in an arm of a bent country, where its centre of mass is not', () => {
  const bent = [0, 0, 2, 0, 2, 18, 20, 18, 20, 20, 0, 20];
  const { x, y, width } = roomIn([bent]);
  expect(y).toBeGreaterThan(18);
  expect(x).toBeGreaterThan(2);
  expect(width).toBeGreaterThan(17);
});

it('keeps out of a hole', () => {
  const hole = [1, 1, 9, 1, 9, 9, 1, 9];
  const { x, y } = roomIn([square, hole]);
  expect(x > 1 && x < 9 && y > 1 && y < 9).toBe(false);
});

it('says that there is none where there is no shape', () => {
  expect(roomIn([[3, 3]])).toMatchObject({ x: 3, y: 3, width: 0 });
});
