import { describe, expect, it } from 'vitest';
import { between, CLOSEST, farthest, fit, hold, inSight, pan, toScreen, toWorld, zoom } from '../src/lib/map/camera';

const world = { left: -155, top: -75, right: 155, bottom: 75 };
const size = { width: 360, height: 400 };
const camera = { x: 10, y: -20, scale: 8 };

it('finds the same point on the screen and back', () => {
  const point = { x: 31, y: -44 };
  const found = toWorld(camera, size, toScreen(camera, size, point));
  expect(found.x).toBeCloseTo(point.x);
  expect(found.y).toBeCloseTo(point.y);
});

it('moves with the finger', () => {
  const under = toWorld(camera, size, { x: 100, y: 100 });
  const moved = toScreen(pan(camera, { x: 30, y: -12 }), size, under);
  expect(moved.x).toBeCloseTo(130);
  expect(moved.y).toBeCloseTo(88);
});

it('keeps what is under the pointer where it is, nearer and farther', () => {
  for (const times of [0.5, 1.6, 3]) {
    const at = { x: 300, y: 50 };
    const still = toWorld(camera, size, at);
    const found = toScreen(zoom(camera, size, world, at, times), size, still);
    expect(found.x).toBeCloseTo(at.x);
    expect(found.y).toBeCloseTo(at.y);
  }
});

it('stops at the whole world and at the last island', () => {
  const at = { x: 180, y: 200 };
  expect(zoom(camera, size, world, at, 1e6).scale).toBe(CLOSEST);
  expect(zoom(camera, size, world, at, 1e-6).scale).toBe(farthest(size, world));
});

it('never lets the world leave the screen', () => {
  const sight = inSight(hold({ x: 5000, y: -5000, scale: 8 }, size, world), size);
  expect(sight.right).toBeCloseTo(world.right);
  expect(sight.top).toBeCloseTo(world.top);
});

it('centres what is smaller than the screen', () => {
  expect(hold({ x: 90, y: 60, scale: farthest(size, world) }, size, world)).toMatchObject({ x: 0, y: 0 });
});

describe('the first view', () => {
  const margin = { left: 36, top: 44, right: 88, bottom: 44 };
  const box = { left: 20, top: -40, right: 60, bottom: -20 };

  it('holds all of the trip, clear of the margins', () => {
    const found = fit(box, size, margin, world, 22);
    const from = toScreen(found, size, { x: box.left, y: box.top });
    const to = toScreen(found, size, { x: box.right, y: box.bottom });
    expect(from.x).toBeGreaterThanOrEqual(margin.left - 0.001);
    expect(from.y).toBeGreaterThanOrEqual(margin.top - 0.001);
    expect(to.x).toBeLessThanOrEqual(size.width - margin.right + 0.001);
    expect(to.y).toBeLessThanOrEqual(size.height - margin.bottom + 0.001);
  });

  it('comes no closer to a single place than asked', () => {
    expect(fit({ left: 40, top: -25, right: 40, bottom: -25 }, size, margin, world, 22).scale).toBe(22);
  });

  it('is drawn even where the margins are larger than the screen', () => {
    expect(fit(box, { width: 80, height: 60 }, margin, world, 22).scale).toBeGreaterThan(0);
  });
});

it('glides from one view to another and arrives', () => {
  const to = { x: 40, y: 5, scale: 32 };
  expect(between(camera, to, 0)).toEqual(camera);
  const end = between(camera, to, 1);
  expect(end.x).toBeCloseTo(to.x);
  expect(end.scale).toBeCloseTo(to.scale);
});

it('keeps the pointer’s place through a whole glide', () => {
  const at = { x: 300, y: 50 };
  const still = toWorld(camera, size, at);
  const to = zoom(camera, size, world, at, 2);
  for (const part of [0.25, 0.5, 0.75]) {
    const found = toScreen(between(camera, to, part), size, still);
    expect(found.x).toBeCloseTo(at.x);
    expect(found.y).toBeCloseTo(at.y);
  }
});
