// The plans of trips as they were before a press changed them, by the trip: to go back to, also from another screen.
import { SvelteMap } from 'svelte/reactivity';
import type { TripDraft } from '../../lib/api';

export const changes = new SvelteMap<string, { plan: TripDraft; cutOff: boolean }>();
