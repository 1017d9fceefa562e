import { mount } from 'svelte';

import App from './App.svelte';
import { keepFresh } from './refresh';
import { startRouter } from './router.svelte';

startRouter();
void keepFresh();

const target = document.getElementById('app');
if (target) mount(App, { target });
