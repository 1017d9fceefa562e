// Writes the sounds that the system plays, from the strokes that the screens play: `npm run sounds`.
import { mkdirSync, writeFileSync } from 'node:fs';
import { runnerImport } from 'vite';

const { samples } = (await runnerImport('./src/lib/sounds/dombyra.ts')).module;
const { wav } = (await runnerImport('./src/lib/sounds/wav.ts')).module;
const folder = new URL('../../sounds/', import.meta.url);
mkdirSync(folder, { recursive: true });
for (const sound of ['extreme', 'all_clear', 'message'])
  writeFileSync(new URL(`${sound}.wav`, folder), wav(samples(sound)));
