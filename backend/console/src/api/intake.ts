// Questions to the desk about calls, people, letters to many and officers.
import { changed } from './desk';
import { ask } from './http';
import * as read from './read';
import type { CaseRow, Role } from './types';
import type {
  Announced,
  Description,
  Fact,
  Mailing,
  Match,
  Receivers,
  StaffMember,
  Texts,
  Welcome,
  WireCandidate,
  WireCandidates,
  WireDraft,
  WireIntake,
  WireLookedUp,
} from './wire_intake';

/** Somebody who may be meant, and why. */
export type Candidate = {
  row: CaseRow | null;
  /** Their registered trip, where there is no case. */
  trip: string | null;
  name: string;
  born: string | null;
  agree: Fact[];
  differ: Fact[];
};
export type Candidates = { candidates: Candidate[]; more: number };

const candidate = (wire: WireCandidate): Candidate => ({
  row: wire.case ? read.row(wire.case) : null,
  trip: wire.trip ?? null,
  name: wire.name,
  born: wire.birth_date ?? null,
  agree: wire.agree,
  differ: wire.differ,
});
const candidates = ({ candidates: all, more }: WireCandidates): Candidates => ({
  candidates: all.map(candidate),
  more,
});

export const drafts = async (): Promise<WireDraft[]> =>
  (await ask<{ drafts: WireDraft[] }>('GET', '/v1/drafts')).drafts;
export const keepDraft = (id: string, intake: WireIntake, counter: number): Promise<void> =>
  ask('PUT', `/v1/drafts/${id}`, { intake, counter });
export const giveUpDraft = (id: string): Promise<void> => ask('DELETE', `/v1/drafts/${id}`);
export const takeDraft = (id: string): Promise<WireDraft> => ask('POST', `/v1/drafts/${id}/take`, {});
export const takeDown = async (draft: string, intake: WireIntake, trip: string | null): Promise<number> =>
  (await ask<{ number: number }>('POST', '/v1/cases', { draft, intake, ...(trip === null ? {} : { trip }) })).number;

export const lookUp = (said: Description): Promise<WireLookedUp> => ask('POST', '/v1/look-up', said);
export const searchFor = async (said: Description): Promise<Candidates> =>
  candidates(await ask<WireCandidates>('POST', '/v1/search', { said }));
export const searchTyped = async (typed: string): Promise<Candidates> =>
  candidates(await ask<WireCandidates>('POST', '/v1/search', { typed }));
export const alike = async (number: number): Promise<Candidates> =>
  candidates(await ask<WireCandidates>('GET', `/v1/cases/${number}/alike`));
export const askForSign = (number: number, version: number): Promise<CaseRow> =>
  changed(`/v1/cases/${number}/sign`, { version });

/** Whose call it was; `null`: somebody else's after all. */
export const tie = (number: number, version: number, trip: string | null): Promise<CaseRow> =>
  changed(`/v1/cases/${number}/person`, { version, ...(trip === null ? {} : { trip }) });

export const receivers = (to: Match): Promise<Receivers> => ask('POST', '/v1/messages/receivers', to);
export type NewMailing = { id: string; to: Match; texts: Texts; announced: Announced; receivers: number };
export const writeToMany = (mailing: NewMailing): Promise<Mailing> => ask('POST', '/v1/messages', mailing);
export const mailings = async (): Promise<Mailing[]> =>
  (await ask<{ mailings: Mailing[] }>('GET', '/v1/messages')).mailings;
export const agreeTo = (id: number): Promise<Mailing> => ask('POST', `/v1/messages/${id}/send`, {});
export const dropMailing = (id: number): Promise<Mailing> => ask('POST', `/v1/messages/${id}/drop`, {});

export async function answerMany(
  rows: CaseRow[],
  texts: Texts,
  announced: Announced,
): Promise<{ done: number; refused: number }> {
  const cases = rows.map(({ number, version }) => ({ number, version }));
  const given = { cases, texts, announced };
  const { done, refused } = await ask<{ done: unknown[]; refused: unknown[] }>('POST', '/v1/answers', given);
  return { done: done.length, refused: refused.length };
}

export const staff = async (): Promise<StaffMember[]> =>
  (await ask<{ officers: StaffMember[] }>('GET', '/v1/officers')).officers;
export const addOfficer = (name: string, role: Role): Promise<Welcome> => ask('POST', '/v1/officers', { name, role });
export const linkFor = (id: number): Promise<Welcome> => ask('POST', `/v1/officers/${id}/link`, {});
export const endOfficer = (id: number): Promise<void> => ask('POST', `/v1/officers/${id}/end`, {});
