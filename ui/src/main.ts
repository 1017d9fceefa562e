import { mount } from 'svelte';

import App from './App.svelte';
import { firstView, onChanged, onShow, onSound } from './lib/api';
import { listenForDrops } from './lib/drops.svelte';
import { keepAboveBar } from './lib/above-bar';
import { followView } from './lib/call-bar.svelte';
import { watchLeaving } from './lib/landing';
import { keepPageUnzoomed } from './lib/page-zoom';
import { watchPointer } from './lib/pointer';
import { go, startRouter } from './lib/router.svelte';
import { href } from './lib/routes';
import { watchTyping } from './lib/typing';
import { watchEscape } from './lib/closing';
import { watchPresses } from './lib/working';
import { app, changed, keepFresh, refresh } from './lib/state.svelte';

app.view = firstView();
keepPageUnzoomed();
watchPointer();
watchTyping();
watchEscape();
watchLeaving();
watchPresses();
startRouter();
followView();
keepAboveBar();
listenForDrops();
// what changed before anybody listened is asked for once
void onChanged((revision) => void changed(revision)).finally(() => void refresh());
void onShow((target) => go(href(target)));
void onSound((sound) => void import('./lib/sounds/alarm').then(({ play }) => play(sound)));
keepFresh();

const target = document.getElementById('app');
if (target) {
  // in the same task: what was read before the scripts gives way without a blank between
  target.replaceChildren();
  mount(App, { target });
}
