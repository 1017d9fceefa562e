// A warning as it is handed on: the ministry's words, whose they are and of when, and how to check them.
import type { AdvisoryView, WarningText } from '../api';
import { m } from './index';
import { straight } from './isolated';
import { speakerWords } from './speaker';
import { dated } from './when';

export function advisoryAsText(advisory: AdvisoryView, text: WarningText): string {
  const steps = text.steps.map((step, index) => `${index + 1}. ${step}`);
  const times = [
    m.advisory_issued({ when: dated(advisory.issued_at) }),
    ...(advisory.state === 'upcoming' ? [m.advisory_begins({ when: dated(advisory.begins) })] : []),
    ...(advisory.is_over ? [] : [m.advisory_ends({ when: dated(advisory.expires) })]),
  ];
  // what is said above the line can be checked word for word
  const parts = [
    [text.headline],
    steps,
    [text.why],
    ['———', straight(speakerWords(advisory.relayed?.sender ?? null)), ...times],
    [m.advisory_check({ app: m.app_name(), check: m.verify_title() })],
  ];
  return parts
    .map((lines) => lines.filter((line) => line !== '').join('\n'))
    .filter((part) => part !== '')
    .join('\n\n');
}
