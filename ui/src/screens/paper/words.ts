// Words for a code on paper: at which group it is wrong, and the whole of it as text.
import type { Failure } from '../../lib/api';
import { m } from '../../lib/words';
import { failureWords } from '../../lib/words/faults';

export function paperFaultWords({ code, field }: Failure): string {
  if (code === 'paper_group' && field !== null) return m.fail_paper_group({ group: field });
  if (code === 'paper_short' && field !== null && field !== '0') return m.fail_paper_short({ count: field });
  return failureWords[code]();
}

/** As a file has it: what it is for, the code by numbered groups, and whom to call. */
export const asText = (groups: readonly string[], ministry: string, line: string): string =>
  [
    ministry,
    m.paper_row(),
    '',
    m.paper_what(),
    m.paper_apart(),
    '',
    ...groups.map((group, index) => `${String(index + 1).padStart(2)}  ${group}`),
    '',
    groups.join(' '),
    '',
    m.paper_how(),
    m.paper_call({ number: line }),
    '',
  ].join('\n');
