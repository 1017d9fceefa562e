import { mount } from 'svelte';

import App from './App.svelte';
import { listenToWorker } from './night/push';
import { keepFresh } from './refresh';
import { startRouter } from './router.svelte';

startRouter();
listenToWorker();
void keepFresh();

const target = document.getElementById('app');
if (target) mount(App, { target });
