import { svelte } from '@sveltejs/vite-plugin-svelte';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

/**
 * The page as it is served is painted before the scripts begin: they are fetched meanwhile, and start behind the first
 * frame; where no frame comes, as in a window that is not shown, after a moment.
 */
const afterTheFirstFrame: Plugin = {
  name: 'after-the-first-frame',
  apply: 'build',
  transformIndexHtml: {
    order: 'post',
    handler: (html) =>
      html.replace(/<script type="module" crossorigin src="([^"]+)"><\/script>/, (_, entry: string) =>
        [
          `<link rel="modulepreload" crossorigin href="${entry}">`,
          '<script>',
          'addEventListener("load", () => {',
          '  let begun;',
          `  const begin = () => (begun ??= import("${entry}"));`,
          '  requestAnimationFrame(() => setTimeout(begin));',
          '  setTimeout(begin, 100);',
          '});',
          '</script>',
        ].join('\n    '),
      ),
  },
};

export default defineConfig({
  base: './',
  plugins: [svelte(), afterTheFirstFrame],
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
