// The call bar is plain HTML that works before any script; this only keeps its words up to date.
import type { CallBar, Lang } from './api';
import { app } from './state.svelte';
import { m } from './words';

export function lineOf(call: CallBar, lang: Lang): string {
  return [call.name[lang], call.hours[lang], call.demo ? 'DEMO' : ''].filter((part) => part !== '').join('\u00a0· ');
}

export function followView(): void {
  const bar = document.getElementById('call-bar');
  const line = document.getElementById('call-bar-line');
  const number = document.getElementById('call-bar-number');
  if (!(bar instanceof HTMLAnchorElement) || !line || !number) return;
  $effect.root(() => {
    $effect(() => {
      if (!app.view) return;
      const { call, lang } = app.view;
      document.documentElement.lang = lang;
      document.title = m.app_name();
      bar.setAttribute('href', `tel:${call.number}`);
      bar.dataset['kind'] = call.kind;
      number.textContent = call.number;
      line.textContent = lineOf(call, lang);
    });
  });
}
