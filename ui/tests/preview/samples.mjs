// What the shell says in the pictures, as TypeScript knows it.
import { runnerImport } from 'vite';

const sample = async (name) => (await runnerImport(`./tests/sample/${name}.ts`)).module;
export const { fillings } = (await runnerImport('./src/lib/fill.ts')).module;
export const { views } = await sample('views');
export const { readIn } = await sample('advisories');
export const { alertViews } = await sample('alerts');
export const { caseViews, threads } = await sample('cases');
export const { draft, places } = await sample('trips');
export const { factViews, found, missionWithoutLines, pages } = await sample('missions');
export const { checked } = await sample('checked');
export const { proposed } = await sample('proposed');
export const parties = await sample('party');
export const { erased, erasedHere, left, leftBehind, privacy } = await sample('left');
export const { guidance } = await sample('guidance');
export const { countries, mapViews, placesAt } = await sample('map');
