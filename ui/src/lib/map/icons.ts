export { default as Close } from '@lucide/svelte/icons/x';
export { default as Here } from '@lucide/svelte/icons/map-pin';
export { default as Whole } from '@lucide/svelte/icons/maximize';
