import { mount } from 'svelte';

import App from './App.svelte';
import { onChanged, onShow } from './lib/api';
import { followView } from './lib/call-bar.svelte';
import { watchFinger } from './lib/finger';
import { go, startRouter } from './lib/router.svelte';
import { href } from './lib/routes';
import { keepFresh, refresh } from './lib/state.svelte';

watchFinger();
startRouter();
followView();
void onChanged(() => void refresh());
void onShow(({ id }) => go(href({ screen: 'advisory', id })));
void refresh();
keepFresh();

const target = document.getElementById('app');
if (target) mount(App, { target });
