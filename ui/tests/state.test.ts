import { beforeEach, expect, it, vi } from 'vitest';
import { views } from './sample/views';

/** What the shell has heard of so far, and the questions for a View that it has not answered yet. */
const shell = { revision: 1, asked: [] as (() => void)[] };

const invoke = (command: string) =>
  command === 'view'
    ? new Promise((answer) => {
        const { revision } = shell;
        shell.asked.push(() => answer({ ...views.crisis, revision }));
      })
    : Promise.resolve();
vi.stubGlobal('window', { __TAURI_INTERNALS__: { invoke } });

const { app, changed, refresh, shown } = await import('../src/lib/state.svelte');

const settled = () => new Promise((go) => setTimeout(go));
/** Has the shell answer what it was asked; says how many questions there were. */
async function answered(): Promise<number> {
  await settled();
  const asked = shell.asked.splice(0);
  asked.forEach((answer) => answer());
  await settled();
  return asked.length + (shell.asked.length > 0 ? await answered() : 0);
}

beforeEach(async () => {
  shell.revision = 1;
  void refresh();
  await answered();
});

it('asks for what it does not show, once for many changes', async () => {
  shell.revision = 3;
  void changed(2);
  void changed(3);
  expect(await answered()).toBe(1);
  expect(app.view?.revision).toBe(3);
});

it('asks once for a command, whether the change is told before its answer, while its View comes, or after', async () => {
  const tell = () => void changed(++shell.revision);
  void shown(() => Promise.resolve(tell()));
  expect(await answered()).toBe(1);

  shell.revision += 1;
  void shown(() => Promise.resolve());
  await settled();
  void changed(shell.revision);
  expect(await answered()).toBe(1);

  void changed(shell.revision);
  expect(await answered()).toBe(0);
  expect(app.view?.revision).toBe(shell.revision);
});

it('asks again for what changed while a View was on its way', async () => {
  void refresh();
  await settled();
  const late = shell.asked.splice(0);
  shell.revision = 2;
  void changed(2);
  late.forEach((answer) => answer());
  expect(await answered()).toBe(1);
  expect(app.view?.revision).toBe(2);
});
