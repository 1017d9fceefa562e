import { fileURLToPath } from 'node:url';

import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

const at = (folder: string): string => fileURLToPath(new URL(folder, import.meta.url));

export default defineConfig({
  plugins: [svelte()],
  // The look is the app's: its tokens, its marks, its calendar.
  resolve: { alias: { '@ui': at('../../ui/src'), '@atlas': at('../../crates/atlas/data') }, dedupe: ['svelte'] },
  build: {
    target: ['chrome111', 'firefox115', 'safari16'],
    outDir: 'dist',
    // The content security policy allows no data: fonts and no script within the page.
    assetsInlineLimit: 0,
    // The outlines of countries, read only with a map.
    chunkSizeWarningLimit: 800,
    modulePreload: { polyfill: false },
  },
  server: { port: 5174, strictPort: true, fs: { allow: ['../..'] }, proxy: { '/v1': 'http://localhost:8789' } },
  test: {
    projects: [
      { extends: true, test: { include: ['tests/**/*.test.ts'], exclude: ['tests/**/*.svelte.test.ts'] } },
      // As in a browser: effects run.
      {
        extends: true,
        resolve: { conditions: ['browser'] },
        test: { include: ['tests/**/*.svelte.test.ts'], environment: './tests/fixtures/page.ts' },
      },
    ],
  },
});
