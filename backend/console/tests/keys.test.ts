import { describe, expect, it } from 'vitest';

import { actOf, beginsRoom, roomOf, type Press } from '../src/keys/keys';

const press = (code: string, more: Partial<Press> = {}): Press => ({
  code,
  key: '',
  shiftKey: false,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...more,
});

describe('keys', () => {
  it('are known by their place, whatever alphabet is set', () => {
    expect(actOf(press('KeyT', { key: 'е' }), false)).toBe('take');
    expect(actOf(press('KeyT', { key: 't' }), false)).toBe('take');
    expect(actOf(press('Period', { key: 'ю' }), false)).toBe('show_new');
  });

  it('are text while somebody types, but for those that lead on or out', () => {
    expect(actOf(press('KeyT'), true)).toBeNull();
    expect(actOf(press('Enter'), true)).toBeNull();
    expect(actOf(press('Enter', { ctrlKey: true }), true)).toBe('send');
    expect(actOf(press('Enter', { ctrlKey: true, shiftKey: true }), true)).toBe('close');
    expect(actOf(press('Escape'), true)).toBe('back');
  });

  it('of the number pad are the same', () => {
    expect(actOf(press('NumpadEnter', { ctrlKey: true }), true)).toBe('send');
    expect(actOf(press('NumpadEnter'), false)).toBe('open');
  });

  it('with another key held are the browser’s', () => {
    expect(actOf(press('KeyR', { ctrlKey: true }), false)).toBeNull();
    expect(actOf(press('KeyT', { metaKey: true }), false)).toBeNull();
    expect(actOf(press('KeyJ', { altKey: true }), false)).toBeNull();
    expect(actOf(press('KeyT', { shiftKey: true }), false)).toBeNull();
  });

  it('with shift tick a range and show the list', () => {
    expect(actOf(press('KeyX'), false)).toBe('tick');
    expect(actOf(press('KeyX', { shiftKey: true }), false)).toBe('tick_range');
    expect(actOf(press('Slash', { shiftKey: true }), false)).toBe('help');
  });

  it('lead to a room by its letter in the officer’s alphabet', () => {
    expect(beginsRoom(press('KeyG'))).toBe(true);
    expect(beginsRoom(press('KeyG', { ctrlKey: true }))).toBe(false);
    expect(['д', 'B', 'С', 'h', 'л', 'L', 'p', 'n', 'Н', 'т', 'q'].map((key) => roomOf({ key }))).toEqual([
      'board',
      'board',
      'headcount',
      'headcount',
      'lines',
      'lines',
      'publish',
      'night',
      'night',
      'night',
      null,
    ]);
  });
});
