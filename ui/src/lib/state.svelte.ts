// What the screens show. Data flows one way: the shell's View comes in, commands go out.
import { failureOf, lookAway, view as fetchView, type Failure, type Lang, type View } from './api';
import { pointerIsUp } from './pointer';
import { latest } from './latest';
import { working } from './working';

const AGE_REFRESH_MS = 30_000;

class State {
  view = $state.raw<View | null>(null);
  /** The last attempt to read the View failed; what was read before stays. */
  unread = $state(false);
  /** Failure of the last command that has no form to show it in. */
  failure = $state.raw<Failure | null>(null);

  get lang(): Lang {
    return this.view?.lang ?? pageLang();
  }
}

function pageLang(): Lang {
  const lang = document.documentElement.lang;
  return lang === 'kk' || lang === 'ru' ? lang : 'en';
}

export const app = new State();

const ask = latest();

export function refresh(): Promise<void> {
  const fresh = fetchView().then((view) => pointerIsUp().then(() => view));
  return ask(
    fresh,
    (view) => {
      app.view = view;
      app.unread = false;
    },
    (thrown) => {
      failureOf(thrown);
      app.unread = true;
    },
  );
}

/** Ages and phases move with the clock, which is the shell's. */
export function keepFresh(): void {
  setInterval(() => void refresh(), AGE_REFRESH_MS);
  document.addEventListener('visibilitychange', () => {
    const away = document.visibilityState !== 'visible';
    // where it is not heard, the trips lock at the next start
    void lookAway(away).catch(failureOf);
    if (!away) void refresh();
  });
}

let commands = 0;

/** Runs a command, and waits until the screens show what it did. */
export async function shown<T>(command: () => Promise<T>): Promise<T> {
  commands += 1;
  return working(async () => {
    try {
      return await command();
    } finally {
      commands -= 1;
      await refresh();
    }
  });
}

/** The shell says that something changed; the View of `revision`, or a later one, shows it. */
export async function changed(revision: number): Promise<void> {
  // a command asks by itself once it is answered
  if (commands > 0) return;
  // what is on its way may show it
  let waited;
  do {
    waited = ask.newest();
    await waited;
  } while (waited !== ask.newest());
  if ((app.view?.revision ?? -1) < revision) await refresh();
}

/** Runs a command that has no form. */
export async function act(command: () => Promise<unknown>): Promise<boolean> {
  app.failure = null;
  try {
    await shown(command);
    return true;
  } catch (thrown) {
    app.failure = failureOf(thrown);
    return false;
  }
}
