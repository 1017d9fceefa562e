// Whose word a warning is.
import { m } from './index';
import { isolated } from './isolated';

/** `sender`: another authority, which the ministry passes on; empty where it is not named. */
export function speakerWords(sender: string | null): string {
  if (sender === null) return m.ministry_word();
  return sender === '' ? m.advisory_relayed_unnamed() : m.advisory_relayed({ sender: isolated(sender) });
}
