import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  base: './',
  plugins: [svelte()],
  build: {
    target: ['chrome87', 'safari14'],
    outDir: 'dist',
    // The content security policy allows no data: fonts.
    assetsInlineLimit: 0,
    // The map's finer outlines, read only when somebody looks closely.
    chunkSizeWarningLimit: 800,
    modulePreload: { polyfill: false },
  },
  server: { port: 5173, strictPort: true },
  test: { include: ['tests/**/*.test.ts'] },
});
