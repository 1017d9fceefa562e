import { expect, it } from 'vitest';
import { Gestures, keyOf, wheelTimes } from '../src/lib/map/gestures';

const size = { width: 500, height: 150 };
const at = (x: number, y: number) => ({ x, y });

it('takes a finger that hardly moved for a tap', () => {
  const gestures = new Gestures();
  gestures.press(1, at(100, 100));
  expect(gestures.move(1, at(104, 103))).toBeNull();
  expect(gestures.lift(1, 0)).toEqual({ kind: 'once', at: at(100, 100) });
});

it('takes two taps in one place, soon after each other, for a double one', () => {
  const gestures = new Gestures();
  gestures.press(1, at(100, 100));
  gestures.lift(1, 0);
  gestures.press(1, at(106, 98));
  expect(gestures.lift(1, 200)).toEqual({ kind: 'twice', at: at(106, 98) });
});

it.each([
  ['late', at(100, 100), 900],
  ['elsewhere', at(250, 100), 200],
])('takes a second tap that is %s for another one', (_, where, time) => {
  const gestures = new Gestures();
  gestures.press(1, at(100, 100));
  gestures.lift(1, 0);
  gestures.press(1, where);
  expect(gestures.lift(1, time)).toEqual({ kind: 'once', at: where });
});

it('moves with one finger, and a move is no tap', () => {
  const gestures = new Gestures();
  gestures.press(1, at(100, 100));
  expect(gestures.move(1, at(120, 90))).toEqual({ from: at(100, 100), to: at(120, 90), times: 1 });
  expect(gestures.move(1, at(121, 90))).toEqual({ from: at(120, 90), to: at(121, 90), times: 1 });
  expect(gestures.lift(1, 0)).toBeNull();
});

it('zooms as two fingers spread, about the point between them', () => {
  const gestures = new Gestures();
  gestures.press(1, at(100, 100));
  gestures.press(2, at(200, 100));
  expect(gestures.move(2, at(300, 100))).toEqual({ from: at(150, 100), to: at(200, 100), times: 2 });
});

it('takes the end of a pinch for no tap, and goes on with the finger that stays', () => {
  const gestures = new Gestures();
  gestures.press(1, at(100, 100));
  gestures.press(2, at(200, 100));
  expect(gestures.lift(2, 0)).toBeNull();
  expect(gestures.move(1, at(110, 100))).toEqual({ from: at(100, 100), to: at(110, 100), times: 1 });
  expect(gestures.lift(1, 100)).toBeNull();
});

it('forgets fingers that the system took away', () => {
  const gestures = new Gestures();
  gestures.press(1, at(100, 100));
  gestures.letGo();
  expect(gestures.move(1, at(200, 200))).toBeNull();
  expect(gestures.lift(1, 0)).toBeNull();
});

it('comes nearer as the wheel turns up, and faster for a trackpad’s pinch', () => {
  const turn = (deltaY: number, ctrlKey = false, deltaMode = 0) => wheelTimes({ deltaY, ctrlKey, deltaMode });
  expect(turn(-100)).toBeGreaterThan(1);
  expect(turn(100)).toBeLessThan(1);
  expect(turn(-10, true)).toBeGreaterThan(turn(-10));
  expect(turn(-3, false, 1)).toBeCloseTo(turn(-48));
  expect(turn(-1e6)).toBeLessThan(1.5);
});

it('leaves keys that are not the map’s to the page', () => {
  expect(['Tab', 'Escape', 'a', 'PageDown', ' '].map((key) => keyOf(key, size))).toEqual([
    null,
    null,
    null,
    null,
    null,
  ]);
  expect(keyOf('Enter', size)).toBe('ask');
});

it('moves by a fifth of what is in sight with an arrow, along it', () => {
  expect(keyOf('ArrowRight', size)).toEqual({ pan: { x: -100, y: 0 } });
  expect(keyOf('ArrowDown', size)).toEqual({ pan: { x: 0, y: -30 } });
});
