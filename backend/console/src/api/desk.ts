// Every question to the desk, a typed function each: the only way out of the page.
import { eachEvent } from './events';
import { ask, request } from './http';
import { forgetKey, freshKey, publicHalf } from './key';
import { made, proved } from './passkey';
import * as read from './read';
import type {
  AuditPage,
  Board,
  Case,
  CaseRow,
  HarmWord,
  Headcount,
  Incident,
  Lang,
  LogEntry,
  Outcome,
  Point,
  Rank,
  Session,
} from './types';
import type { Quick, WireAudit, WireBoard, WireCase, WireHeadcount, WireIncident, WireRow, WireSession } from './wire';

export { Away, Refused } from './http';
export { NoPasskey } from './passkey';

export type Act =
  | { act: 'take'; over?: boolean; reason?: string }
  | { act: 'release' }
  | { act: 'hand_over'; to: number }
  | { act: 'accept' }
  | { act: 'step'; text: string; due: string }
  | { act: 'step_done' }
  | { act: 'promise'; what: string; by: string }
  | { act: 'kept'; promise: number }
  | { act: 'rank'; rank: Rank; reason?: string }
  | { act: 'note'; text: string }
  | { act: 'close'; outcome: Outcome; word?: string; word_missing?: string }
  | { act: 'reopen'; reason: string }
  | { act: 'join'; other: number; reason: string }
  | { act: 'part'; other: number; reason: string }
  | { act: 'confirm_move' };
export type Letter = {
  text: string;
  language: string;
  asks?: Quick[];
  announced: 'loud' | 'silent';
  neutral?: boolean;
  promise?: { what: string; by: string };
};

export const session = async (lang: Lang, zone: string): Promise<Session> =>
  read.session(await ask<WireSession>('GET', '/v1/session'), lang, zone);
export const board = async (): Promise<Board> => read.board(await ask<WireBoard>('GET', '/v1/board'));
/** The cases of a folded line. */
export const flood = async (number: number): Promise<CaseRow[]> =>
  (await ask<{ cases: WireRow[] }>('GET', `/v1/board/floods/${number}`)).cases.map(read.row);
export const caseOf = async (number: number, now: number): Promise<Case> =>
  read.caseOf(await ask<WireCase>('GET', `/v1/cases/${number}`), now);
export const act = (number: number, version: number, given: Act): Promise<CaseRow> =>
  changed(`/v1/cases/${number}/acts`, { version, ...given });
export const write = (number: number, version: number, letter: Letter): Promise<CaseRow> =>
  changed(`/v1/cases/${number}/messages`, { version, ...letter });
/** Asks for a change of a case: its row as it is now. */
export const changed = async (path: string, given: object): Promise<CaseRow> =>
  read.row((await ask<{ row: WireRow }>('POST', path, given)).row);

/** As it is known now, or was at that hour. */
export async function headcount(then: string | null): Promise<Headcount> {
  return read.headcount(await ask<WireHeadcount>('GET', `/v1/headcount${known(then)}`), then);
}
export const course = async (): Promise<Point[]> =>
  (await ask<{ points: Point[] }>('GET', '/v1/headcount/course')).points;
/** The same as a file for a spreadsheet: it says who took it. */
export const headcountTable = (then: string | null, kind: FileKind): Promise<Blob> =>
  file(`/v1/headcount/table${known(then)}`, kind);
export const printHeadcount = (): Promise<void> => ask('POST', '/v1/headcount/prints', {});
export const sayHarm = (said: Omit<HarmWord, 'at'>): Promise<void> => ask('POST', '/v1/headcount/harms', said);
/** What a spreadsheet opens. */
export type FileKind = 'csv' | 'xlsx';
const ACCEPT = { csv: 'text/csv', xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' };
const file = async (path: string, kind: FileKind): Promise<Blob> =>
  (await request('GET', path, undefined, ACCEPT[kind])).blob();
const known = (then: string | null): string => (then === null ? '' : `?known=${encodeURIComponent(then)}`);

export const incidents = async (): Promise<Incident[]> =>
  (await ask<{ incidents: WireIncident[] }>('GET', '/v1/incidents')).incidents.map(read.incident);
export const enterLog = async (entry: LogEntry): Promise<Incident> =>
  read.incident(await ask<WireIncident>('POST', '/v1/incidents', entry));
export const incidentReport = (number: number, kind: FileKind): Promise<Blob> =>
  file(`/v1/incidents/${number}/report`, kind);

/** Lines older than `before`, or the newest. */
export const audit = async (before?: number): Promise<AuditPage> => {
  const older = before === undefined ? '' : `before=${before}&`;
  return read.audit(await ask<WireAudit>('GET', `/v1/audit?${older}limit=100`));
};

/** Calls `changed` each time something did; ends with the connection. */
export async function follow(changed: () => void): Promise<void> {
  const answer = await request('GET', '/v1/events', undefined, 'text/event-stream');
  for await (const name of eachEvent(answer)) {
    changed();
    if (name === 'ended') return;
  }
}

export type Enrolment = { officer: { name: string }; options: { publicKey: PublicKeyCredentialCreationOptionsJSON } };
type Ceremony = { ceremony: string; options: { publicKey: PublicKeyCredentialRequestOptionsJSON } };

/** By the one-time link: whose it is, before a passkey is made. */
export const invited = (token: string): Promise<Enrolment> => ask('POST', '/v1/enrolment/options', { token });

export async function enrol(token: string, { options }: Enrolment): Promise<void> {
  const credential = await made(options.publicKey);
  await ask('POST', '/v1/enrolment', { token, credential, key: await publicHalf(await freshKey()) });
}

export async function signIn(name: string): Promise<void> {
  const { ceremony, options } = await ask<Ceremony>('POST', '/v1/sign-in/options', { name });
  const credential = await proved(options.publicKey);
  await ask('POST', '/v1/sign-in', { ceremony, credential, key: await publicHalf(await freshKey()) });
}

export async function signOut(): Promise<void> {
  await ask('DELETE', '/v1/session');
  await forgetKey();
}
