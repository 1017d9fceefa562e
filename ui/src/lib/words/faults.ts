// Words for what stands in a form's way. The table is complete, or it does not compile.
import { m } from './generated/messages.js';
import type { FailureCode } from '../api';

/** A code of Rust, or what only the form can see. */
export type FaultCode = FailureCode | 'impossible_time' | 'no_place';

export const failureWords: Record<FaultCode, () => string> = {
  disk_full: m.fail_disk_full,
  store_unavailable: m.fail_store_unavailable,
  not_found: m.fail_not_found,
  not_printed: m.fail_not_printed,
  not_saved: m.fail_not_saved,
  no_ministry: m.fail_no_ministry,
  no_legs: m.fail_no_legs,
  too_many_legs: m.fail_too_many_legs,
  unknown_airport: m.fail_unknown_airport,
  unknown_country: m.fail_unknown_place,
  unknown_city: m.fail_unknown_place,
  impossible_date: m.fail_impossible_date,
  impossible_time: m.fail_impossible_time,
  no_place: m.fail_no_place,
  end_not_known: m.fail_end_not_known,
  ends_before_it_begins: m.fail_ends_before_it_begins,
  at_one_time: m.fail_at_one_time,
  entered_already: m.fail_entered_already,
  legs_out_of_order: m.fail_legs_out_of_order,
  too_long: m.fail_too_long,
  no_people: m.fail_no_people,
  nobody_well: m.fail_nobody_well,
  nobody_stays: m.fail_nobody_stays,
  too_many_people: m.fail_too_many_people,
  no_name: m.fail_no_name,
  names_away: m.fail_names_away,
  phone_invalid: m.fail_phone_invalid,
  not_latin: m.fail_not_latin,
  nothing_said: m.fail_nothing_said,
  text_too_long: m.fail_text_too_long,
  locked: m.locked_title,
  tick_more: m.fail_tick_more,
  tick_fewer: m.fail_tick_fewer,
  // the screen of the code says at which group
  paper_group: m.fail_paper_letter,
  paper_short: m.fail_paper_short_none,
  paper_long: m.fail_paper_long,
  paper_of_another: m.fail_paper_of_another,
  paper_unknown: m.fail_paper_unknown,
  paper_over: m.fail_paper_over,
  paper_here: m.fail_paper_here,
  paper_unreadable: m.fail_paper_unreadable,
  paper_not_seen: m.fail_paper_not_seen,
  no_network: m.fail_no_network,
  front_busy: m.fail_front_busy,
  front_too_old: m.fail_front_too_old,
  pin_wrong: m.pin_wrong,
  // the screen that asks for it says until when
  pin_wait: m.fail_action,
  pin_not_digits: m.pin_not_digits,
};
