// Words for what is said of a file. The tables are complete, or they do not compile.
import type { ImportNoteCode, ImportRefusal } from '../../lib/api';
import { refusalIn } from '../../lib/refused';
import { m } from '../../lib/words';

/** A code of Rust, or what only the screen can see. */
export type RefusalCode = ImportRefusal | 'folder' | 'unreadable';

export const refusalWords: Record<RefusalCode, () => string> = {
  too_large: m.import_too_large,
  too_much: m.import_too_much,
  unknown_kind: m.import_unknown_kind,
  damaged: m.import_damaged,
  no_journey: m.import_no_journey,
  no_barcode: m.import_no_barcode,
  no_text: m.import_no_text,
  locked: m.import_locked,
  too_heavy: m.import_too_heavy,
  not_here: m.import_not_here,
  folder: m.import_folder,
  several: m.import_several,
  unreadable: m.import_unreadable,
};

/** Of what each note is said stands above it. */
export const noteWords: Record<ImportNoteCode, () => string> = {
  cancelled: m.import_note_cancelled,
  way_home: m.import_note_way_home,
  by_land: m.import_note_by_land,
  unknown_airport: m.import_note_unknown_airport,
  unknown_country: m.import_note_unknown_country,
  time_unknown: m.import_note_time_unknown,
  arrival_unknown: m.import_note_arrival_unknown,
  year_guessed: m.import_note_year_guessed,
  end_unknown: m.import_note_end_unknown,
  from_text: m.import_note_from_text,
  not_understood: m.import_note_not_understood,
  not_read: m.import_note_not_read,
  not_a_leg: m.import_note_not_a_leg,
  other_entries: m.import_note_other_entries,
  too_many_legs: m.import_note_too_many_legs,
};

export const refusalOf = refusalIn<RefusalCode>(refusalWords);
