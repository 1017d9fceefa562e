// What the desk says in the pictures, as TypeScript knows it.
import { runnerImport } from 'vite';

const sample = async (name) => (await runnerImport(`./tests/fixtures/${name}.ts`)).module;
export const { sessionIn, officersIn } = await sample('session');
export const { crisisIn, cutOffIn, exerciseIn } = await sample('board');
export const { calmIn, emptyIn } = await sample('calm');
export const { caseIn, closedIn, quietIn, smsIn } = await sample('case');
export const { callIn, candidatesIn, draftIn, mailingsIn, staffIn } = await sample('intake');
export const { countIn, courseIn } = await sample('headcount');
export const { nightIn, rotaIn, sleepersIn, wakingIn } = await sample('night');
