// The call bar is plain HTML that works before any script; this only keeps its words up to date.
import { app } from './state.svelte';
import { m, pick } from './words';

export function followView(): void {
  const bar = document.getElementById('call-bar');
  const line = document.getElementById('call-bar-line');
  const number = document.getElementById('call-bar-number');
  const second = document.getElementById('second-way');
  if (!(bar instanceof HTMLAnchorElement) || !(second instanceof HTMLAnchorElement) || !line || !number) return;
  $effect.root(() => {
    $effect(() => {
      if (!app.view) return;
      const { call, lang } = app.view;
      document.documentElement.lang = lang;
      document.title = m.app_name();
      bar.setAttribute('href', call.href);
      bar.dataset['kind'] = call.kind;
      bar.dataset['writes'] = `${call.writes}`;
      bar.dataset['demo'] = `${call.demo}`;
      number.textContent = call.number;
      line.textContent = pick(call.line);
      second.setAttribute('href', call.second_way?.href ?? '');
      second.dataset['way'] = call.second_way?.way ?? 'none';
      second.title = call.second_way ? [pick(call.second_way.name), pick(call.second_way.hours)].join('\u00a0· ') : '';
    });
  });
}
