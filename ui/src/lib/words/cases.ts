// Words for a case and for what is written about it. Each table is complete, or it does not compile.
import type { CaseStepName, CaseView, QuickAnswer } from '../api';
import { m } from './index';

type Say = () => string;

export const stepWords: Record<CaseStepName, Say> = {
  asked: m.step_asked,
  received: m.step_received,
  opened: m.step_opened,
  answered: m.step_answered,
  promised: m.step_promised,
  closed: m.step_closed,
};

/** What a letter without words says. */
export const caseStepWords: Record<CaseView['step'], Say> = {
  received: m.step_received,
  opened: m.step_opened,
  answered: m.step_answered,
  promised: m.step_promised,
  closed: m.step_closed,
  '(other)': m.step_opened,
};

export const rankWords: Record<NonNullable<CaseView['rank']>, Say> = {
  life: m.rank_life,
  hours: m.rank_hours,
  today: m.rank_today,
  planned: m.rank_planned,
  '(other)': m.rank_hours,
};

/** Those that this app has no words for are offered by no letter. */
export const quickWords: Record<QuickAnswer, Say> = {
  yes: m.quick_yes,
  no: m.quick_no,
  i_am_there: m.quick_i_am_there,
  i_cannot: m.quick_i_cannot,
  call_me: m.quick_call_me,
  do_not_call: m.quick_do_not_call,
  '(other)': () => '',
};
