// What part of the flat world is on screen: the point in the middle, and how many pixels a unit takes.
import type { Box, Point } from './globe';

export type Camera = Point & { scale: number };
export type Size = { width: number; height: number };
export type Margin = Box;

/** A small island is still found at this scale. */
export const CLOSEST = 90;

const WORLD_PART = 0.96;

export function farthest(size: Size, world: Box): number {
  const wide = size.width / (world.right - world.left);
  const high = size.height / (world.bottom - world.top);
  return Math.min(wide, high) * WORLD_PART;
}

export const toScreen = (camera: Camera, size: Size, { x, y }: Point): Point => ({
  x: (x - camera.x) * camera.scale + size.width / 2,
  y: (y - camera.y) * camera.scale + size.height / 2,
});

export const toWorld = (camera: Camera, size: Size, { x, y }: Point): Point => ({
  x: (x - size.width / 2) / camera.scale + camera.x,
  y: (y - size.height / 2) / camera.scale + camera.y,
});

export function inSight(camera: Camera, size: Size): Box {
  const from = toWorld(camera, size, { x: 0, y: 0 });
  const to = toWorld(camera, size, { x: size.width, y: size.height });
  return { left: from.x, top: from.y, right: to.x, bottom: to.y };
}

/** Moves with the finger. */
export const pan = (camera: Camera, by: Point): Camera => ({
  ...camera,
  x: camera.x - by.x / camera.scale,
  y: camera.y - by.y / camera.scale,
});

/** Nearer or farther, with what is under `at` staying there. */
export function zoom(camera: Camera, size: Size, world: Box, at: Point, times: number): Camera {
  const scale = Math.min(Math.max(camera.scale * times, farthest(size, world)), CLOSEST);
  const still = toWorld(camera, size, at);
  return {
    x: still.x - (at.x - size.width / 2) / scale,
    y: still.y - (at.y - size.height / 2) / scale,
    scale,
  };
}

/** The world cannot be pushed off the screen. */
export function hold(camera: Camera, size: Size, world: Box): Camera {
  const scale = Math.min(Math.max(camera.scale, farthest(size, world)), CLOSEST);
  const keep = (value: number, from: number, to: number, pixels: number) => {
    const half = Math.min(pixels / scale / 2, (to - from) / 2);
    return Math.min(Math.max(value, from + half), to - half);
  };
  return {
    x: keep(camera.x, world.left, world.right, size.width),
    y: keep(camera.y, world.top, world.bottom, size.height),
    scale,
  };
}

/** All of the box within the margins, no closer than `closest`. */
export function fit(box: Box, size: Size, margin: Margin, world: Box, closest: number): Camera {
  const width = Math.max(size.width - margin.left - margin.right, size.width / 4);
  const height = Math.max(size.height - margin.top - margin.bottom, size.height / 4);
  const scale = Math.max(
    Math.min(width / (box.right - box.left), height / (box.bottom - box.top), closest),
    farthest(size, world),
  );
  const camera = {
    x: (box.left + box.right) / 2 + (margin.right - margin.left) / 2 / scale,
    y: (box.top + box.bottom) / 2 + (margin.bottom - margin.top) / 2 / scale,
    scale,
  };
  return hold(camera, size, world);
}

/** On the way from one view to another; the scale changes evenly to the eye. */
export function between(from: Camera, to: Camera, part: number): Camera {
  const scale = from.scale * (to.scale / from.scale) ** part;
  // the middle moves with the scale, so that a zoom at a point keeps that point still
  const reach = to.scale === from.scale ? part : (1 / from.scale - 1 / scale) / (1 / from.scale - 1 / to.scale);
  return { x: from.x + (to.x - from.x) * reach, y: from.y + (to.y - from.y) * reach, scale };
}
