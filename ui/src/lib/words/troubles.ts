// Words for what rarely happens, off the critical path. Each table is complete, or it does not compile.
import { m } from './generated/messages.js';
import type { View } from '../api';

type Say = () => string;
type Trouble = NonNullable<View['trouble']>;
type Refusal = NonNullable<View['contact']['refused']>['reason'];

export const troubleWords: Record<Trouble, { what: Say; todo: Say }> = {
  profile_unreadable: { what: m.trouble_profile_unreadable, todo: m.trouble_profile_unreadable_do },
  folder_not_writable: { what: m.trouble_folder_not_writable, todo: m.trouble_folder_not_writable_do },
  data_is_newer: { what: m.trouble_data_is_newer, todo: m.trouble_data_is_newer_do },
  data_of_another_ministry: { what: m.trouble_data_of_another_ministry, todo: m.trouble_data_of_another_ministry_do },
  data_damaged: { what: m.trouble_data_damaged, todo: m.trouble_data_damaged_do },
  disk_full: { what: m.trouble_disk_full, todo: m.trouble_disk_full_do },
};

export const refusalWords: Record<Refusal, Say> = {
  too_large: m.refusal_too_large,
  malformed: m.refusal_malformed,
  unknown_key: m.refusal_unknown_key,
  bad_signature: m.refusal_bad_signature,
  unreadable: m.refusal_unreadable,
  app_too_old: m.refusal_app_too_old,
  outside_key_range: m.refusal_outside_key_range,
  voided_key: m.refusal_voided_key,
  not_confirmed: m.refusal_not_confirmed,
  not_the_next_key_set: m.refusal_not_the_next_key_set,
  version_skipped: m.refusal_version_skipped,
  kind_changed: m.refusal_kind_changed,
  against_watermark: m.refusal_against_watermark,
  older_watermark: m.refusal_older_watermark,
  threshold_not_met: m.refusal_threshold_not_met,
  lower_version: m.refusal_lower_version,
  conflict: m.refusal_conflict,
  older_head: m.refusal_older_head,
  expired_head: m.refusal_expired_head,
  broken_chain: m.refusal_broken_chain,
  wrong_snapshot: m.refusal_wrong_snapshot,
};
