import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { drawingOf } from '../src/lib/drawings';
import { guidance } from './sample/guidance';

const folder = new URL('../src/lib/drawings/', import.meta.url);
const drawn = readdirSync(folder)
  .map((name) => ({ name, source: readFileSync(new URL(name, folder), 'utf8') }))
  .filter(({ source }) => source.includes('<Frame number'));

it('there are drawings for the six situations, and each belongs to a topic that there is', () => {
  const topics = guidance.map(({ id }) => id).filter((id) => drawingOf(id));
  expect(topics.sort()).toEqual(['air-raid', 'earthquake', 'fire', 'protests', 'sea', 'shelter']);
  expect(drawn).toHaveLength(topics.length);
});

describe.each(drawn)('$name', ({ source }) => {
  it('has three frames in their order, each said in words of its own', () => {
    const frames = [...source.matchAll(/<Frame number=\{(\d)\} says=\{m\.(\w+)\(\)\}>/g)];
    expect(frames.map(([, number]) => number)).toEqual(['1', '2', '3']);
    expect(new Set(frames.map(([, , says]) => says)).size).toBe(3);
  });

  it('shows what to do in each frame, in the colours of the felt alone', () => {
    const frames = source.split('<Frame').slice(1);
    expect(frames.every((frame) => /var\(--do\)|of="do"|<DownStairs/.test(frame))).toBe(true);
    expect(source).not.toMatch(/#[0-9a-f]{3,6}\b/i);
  });
});
