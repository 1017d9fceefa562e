import { beforeEach, describe, expect, it, vi } from 'vitest';

const shell = vi.hoisted(() => ({ texts: [] as string[], sheet: 0, written: [] as unknown[] }));
vi.mock('@tauri-apps/api/core', () => ({
  invoke: (name: string, args: object) => {
    if (name === 'form_kept') return Promise.resolve({ texts: shell.texts, sheet: shell.sheet });
    shell.written.push(args);
    return Promise.resolve();
  },
}));

const { KeptForm } = await import('../src/lib/kept-form.svelte');
const { over } = await import('../src/screens/stuck-typed');

describe('a form that is kept', () => {
  const form = { of: 'more' } as const;
  beforeEach(() => Object.assign(shell, { texts: [], sheet: 0, written: [] }));

  it('is written over nothing before it is known what stands there', async () => {
    const typed = new KeptForm(form, () => 'now');
    await typed.keep();
    expect(shell.written).toEqual([]);
    await typed.load();
    await typed.keep();
    expect(shell.written).toEqual([{ form, sheet: 0, content: 'now' }]);
  });

  it('stands on the sheet that it was opened on', async () => {
    shell.sheet = 2;
    const typed = new KeptForm(form, () => 'behind the PIN');
    expect(await typed.load()).toEqual([]);
    await typed.keep();
    expect(shell.written).toEqual([{ form, sheet: 2, content: 'behind the PIN' }]);
  });

  it('of many sheets is one from then on, and one that stands as it is is not written again', async () => {
    shell.texts = ['both'];
    const one = new KeptForm(form, () => 'both');
    await one.load();
    await one.keep();
    expect(shell.written).toEqual([]);
    shell.texts = ['one', 'both'];
    const many = new KeptForm(form, () => 'both');
    expect(await many.load()).toEqual(['one', 'both']);
    await many.keep();
    expect(shell.written).toEqual([{ form, sheet: 0, content: 'both' }]);
  });
});

describe('who is stuck, typed behind the PIN', () => {
  const at = { kind: 'airport', code: 'DXB' } as never;
  const seen = { at, text: '', people: 3, phone: '+77011112233' };
  const unseen = { at: null, text: '', people: null, phone: '' };

  it('takes nothing back of what it says nothing of', () => {
    expect(over(seen, unseen)).toEqual(seen);
    expect(over(seen, { ...unseen, text: 'Дубай' })).toEqual({ ...seen, at: null, text: 'Дубай' });
    expect(over(seen, { ...unseen, phone: '8701' })).toEqual({ ...seen, phone: '8701' });
  });

  it('is all of it once it was seen', () => {
    expect(over(seen, { ...unseen, people: 1 })).toEqual({ ...unseen, people: 1 });
  });
});
