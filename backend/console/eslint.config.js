// What a compiler does not see. How code is laid out is prettier's.
import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import { defineConfig, globalIgnores } from 'eslint/config';
import typescript from 'typescript-eslint';

import svelteConfig from './svelte.config.js';

export default defineConfig(
  globalIgnores(['dist', 'src/words/generated']),
  js.configs.recommended,
  typescript.configs.recommendedTypeChecked,
  svelte.configs.recommended,
  { languageOptions: { parserOptions: { projectService: true, extraFileExtensions: ['.svelte'] } } },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: typescript.parser, svelteConfig } },
    rules: {
      // components' props are `any` here; svelte-check reads them
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      // a URL or a Set that nobody renders
      'svelte/prefer-svelte-reactivity': 'off',
      // texts and fixed lists: their place is their key
      'svelte/require-each-key': 'off',
    },
  },
  { files: ['**/*.js', '**/*.mjs'], extends: [typescript.configs.disableTypeChecked] },
  {
    rules: {
      'no-undef': 'off',
      // a part is left out by naming it
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
      'no-restricted-globals': [
        'error',
        { name: 'Intl', message: 'Its tables may be years old; clocks come from the desk.' },
        { name: 'localStorage', message: 'Nothing of people stays in the browser.' },
        { name: 'fetch', message: 'The desk is reached through src/api alone.' },
      ],
    },
  },
  { files: ['src/api/**', 'src/words/zones.ts', 'tests/**'], rules: { 'no-restricted-globals': 'off' } },
);
