// The topics that have drawings; each is read when its topic is opened.
import type { Component } from 'svelte';

type Load = () => Promise<{ default: Component }>;

const drawings: Partial<Record<string, Load>> = {
  'air-raid': () => import('./AirRaid.svelte'),
  earthquake: () => import('./Earthquake.svelte'),
  protests: () => import('./Crowd.svelte'),
  shelter: () => import('./Shelter.svelte'),
  sea: () => import('./Sea.svelte'),
  fire: () => import('./Fire.svelte'),
};

export const drawingOf = (topic: string): Load | undefined => drawings[topic];
