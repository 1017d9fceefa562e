// Questions to the desk about the rota, and by which number an officer is woken.
import { ask, isGone, Refused } from './http';
import type { Duty } from './types';
import type { NewDuty } from './wire_night';

const INVALID = 422;

/** The turns from now on, the first one first. */
export const rota = async (): Promise<Duty[]> => (await ask<{ duties: Duty[] }>('GET', '/v1/rota')).duties;

/** Which field the desk does not take, as a JSON pointer; `null` where the turn stands. */
export const addDuty = (duty: NewDuty): Promise<string | null> => wrongField(() => ask('POST', '/v1/rota', duty));

/** The same; an empty number is none. */
export const setNumber = (officer: number, number: string): Promise<string | null> =>
  wrongField(() => ask('PUT', `/v1/officers/${officer}/number`, { number }));

export async function dropDuty(id: number): Promise<void> {
  try {
    await ask('DELETE', `/v1/rota/${id}`);
  } catch (thrown) {
    // somebody else took it off, or it is over: that is what was asked for
    if (!isGone(thrown)) throw thrown;
  }
}

async function wrongField(question: () => Promise<void>): Promise<string | null> {
  try {
    await question();
    return null;
  } catch (thrown) {
    if (thrown instanceof Refused && thrown.status === INVALID && thrown.pointer !== null) return thrown.pointer;
    throw thrown;
  }
}
