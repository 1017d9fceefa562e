import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Hold } from '../src/lib/hold';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const at = (clientX: number, clientY: number) => ({ clientX, clientY });

function press(during: (hold: Hold) => void): { held: number; isTap: boolean } {
  let held = 0;
  const hold = new Hold(() => (held += 1));
  hold.begin(at(10, 10));
  during(hold);
  hold.end();
  vi.runAllTimers();
  return { held, isTap: !hold.held };
}

it('is a tap where it is short, and a hold where it is long', () => {
  expect(press(() => vi.advanceTimersByTime(300))).toEqual({ held: 0, isTap: true });
  expect(press(() => vi.advanceTimersByTime(600))).toEqual({ held: 1, isTap: false });
});

it('is no hold where the finger scrolls, and one where it only trembles', () => {
  const moved = (by: number) => (hold: Hold) => {
    hold.move(at(10, 10 + by));
    vi.advanceTimersByTime(600);
  };
  expect(press(moved(30))).toEqual({ held: 0, isTap: true });
  expect(press(moved(4))).toEqual({ held: 1, isTap: false });
});

it('is one hold where a finger makes touch and pointer events both', () => {
  expect(
    press((hold) => {
      hold.begin(at(10, 10));
      vi.advanceTimersByTime(600);
    }),
  ).toEqual({ held: 1, isTap: false });
});
