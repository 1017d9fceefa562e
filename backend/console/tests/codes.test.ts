// What the desk answers and writes down is named by its own sources; each name has words here.
import { readFileSync, readdirSync } from 'node:fs';

import { beforeEach, describe, expect, it } from 'vitest';

import * as read from '../src/api/read';
import type { WireEvent } from '../src/api/wire';
import { desk } from '../src/desk.svelte';
import { deedWords } from '../src/words/audit';
import { eventWords } from '../src/words/case';
import { refusedWords } from '../src/words/refused';
import openapi from '../../openapi-desk.json';

const BACKEND = new URL('../../src/', import.meta.url);
const rust = readdirSync(BACKEND, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.rs'))
  .map((name) => ({ name, text: readFileSync(new URL(name, BACKEND), 'utf8') }));
const quoted = (text: string): string[] => [...text.matchAll(/"([a-z]+(?:_[a-z]+)*)"/g)].map(([, word]) => word ?? '');

beforeEach(() => {
  desk.chosen = 'ru';
});

describe('what the desk refuses', () => {
  const { paths, components } = openapi;
  /** What any listener may answer stands in the descriptions, the code first. */
  const shared = Object.values(paths)
    .flatMap((path) => Object.values(path as Record<string, { responses: Record<string, { description: string }> }>))
    .flatMap(({ responses }) => ['400', '408', '415'].map((status) => responses[status]?.description ?? ''))
    .map((description) => /^\w+/.exec(description)?.[0] ?? description);
  const codes = [...new Set([...components.schemas.FaultCode.enum, ...shared])];

  it.each(codes)('%s has words', (code) => {
    expect(refusedWords(code)).not.toBe(refusedWords('none').replace('none', code));
  });
});

describe('what the desk writes down', () => {
  const sources = rust.flatMap(({ name, text }) => [
    ...[...text.matchAll(/Deed::new\((?:[^()"]|\([^()]*\))*"\w+"/g)].map(([found]) => found),
    ...[...text.matchAll(/fn deed\(&self\)[^]*?\n {4}\}/g)].map(([found]) => found),
    ...(name.endsWith('breach/lines.rs') ? [text.slice(text.indexOf('impl Line'))] : []),
  ]);
  const deeds = [...new Set(sources.flatMap(quoted))];

  it('is found', () => {
    for (const deed of ['opened', 'take', 'confirm_move', 'incident_noted', 'sms_read', 'tied', 'draft_taken']) {
      expect(deeds).toContain(deed);
    }
  });

  it.each(deeds)('%s has words in the log', (deed) => {
    expect(deedWords(deed)).not.toBe(deed);
  });

  // these stand in the line of time as messages
  const MESSAGES = ['read', 'wrote', 'they_wrote', 'objected', 'asks_to_close'];
  const happened = openapi.components.schemas.What.enum.filter((what) => !MESSAGES.includes(what));

  it.each(happened)('%s has words in a case', (what) => {
    const event = { at: '', what, rank: 'life', case: 1, officer: { id: 1, name: 'X', role: 'silver' } } as WireEvent;
    expect(eventWords(event)).not.toContain(what);
  });

  it('is shown as it stands in the file where that was changed', () => {
    const { lines } = read.audit({
      lines: [
        { line: 2, what: '{"at":"2026-03-0' },
        { line: 1, what: { at: '2026-03-01T00:00:00Z', account: 'root', why: 'drill' } },
      ],
      whole: false,
      broken_at: 2,
    });
    expect(lines).toMatchObject([
      { line: 2, at: null, more: '{"at":"2026-03-0' },
      { line: 1, deed: 'open', more: 'drill' },
    ]);
  });
});
