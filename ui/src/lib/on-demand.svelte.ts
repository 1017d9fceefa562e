// What stands beside the View: read where a screen shows it, and again with every new word of the ministry.
import { untrack } from 'svelte';
import { contacts, failureOf, guidance, levels as readLevels, warnedAreas } from './api';
import { latest } from './latest';
import { show } from './router.svelte';
import { app } from './state.svelte';

export class OnDemand<T> {
  value = $state.raw<T | null>(null);
  failed = $state(false);
  private readonly ask = latest();

  constructor(private readonly fetch: () => Promise<T>) {}

  /** For a component that shows it. `when` names what else it depends on. */
  follow(when: () => unknown = () => null): void {
    $effect(() => {
      void app.view?.bulletin;
      when();
      untrack(() => this.read());
    });
  }

  read(): void {
    void this.ask(
      this.fetch(),
      (value) => {
        this.value = value;
        this.failed = false;
      },
      (thrown) => {
        failureOf(thrown);
        this.failed = true;
      },
    );
  }
}

/** The topics shipped with the app, and the ministry's own over them. */
export const topics = new OnDemand(guidance);

/** All missions, lines and chats. */
export const everybody = new OnDemand(contacts);

/** The level of every country that has one. */
export const levels = new OnDemand(readLevels);

/** Where the warnings that are not over hold. */
export const warned = new OnDemand(warnedAreas);

/** For a link to a topic: one that leaves no trace opens without its address. Until they are read any may be such. */
export function openTopic(event: Event, id: string): void {
  if (topics.value?.find((topic) => topic.id === id)?.private === false) return;
  event.preventDefault();
  show({ screen: 'guidance', id });
}
