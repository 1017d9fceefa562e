//! What the ministry's side does: the real program, a real front over HTTP, real SQLite files.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]
#![expect(clippy::disallowed_methods, reason = "tests are the edge where time and randomness come in")]

mod a_bad_file_is_refused;
mod a_bad_request_is_told_why;
mod a_code_on_paper_gives_trips_back;
mod a_copy_is_not_believed_alone;
mod a_copy_is_put_back;
mod a_crowd_does_not_shut_out_help;
mod a_device_has_its_quota;
mod a_device_owns_its_records;
mod a_doctor_says_what_is_wrong;
mod a_front_that_cannot_write_still_speaks;
mod a_headcount_adds_up;
mod a_log_proves_itself;
mod a_ministry_is_made_once;
mod a_register_keeps_so_long_and_no_longer;
mod a_second_ministry_is_made;
mod a_stolen_key_is_replaced;
#[cfg(unix)]
mod a_strange_file_is_said_in_words;
mod a_trip_that_moved_takes_its_cases_along;
mod a_word_without_a_trip_is_counted_where_it_was_said;
mod a_wrong_clock_is_mended;
mod alerts_are_followed;
mod alerts_are_mended;
mod alerts_are_read;
mod alerts_go_out;
mod alerts_reach_the_app;
mod calls_are_taken_down;
mod cases_are_joined_and_parted;
mod cases_are_made_of_cries;
mod console;
mod corpus;
mod drafts_are_checked;
mod help_comes_first;
mod help_is_seen_at_the_desk;
mod letters_wait_for_their_device;
mod log_conformance;
mod nothing_private_is_kept_in_the_clear;
mod officers_work_at_the_desk;
mod one_message_reaches_all_who_match;
mod only_what_lives_is_in_a_snapshot;
mod people_are_counted;
mod register_conformance;
mod support;
mod the_api_is_written_down;
mod the_audit_file_is_a_chain;
mod the_bulletin_verifies;
mod the_desk_confirms_the_log;
mod the_desk_keeps_what_it_cannot_post;
mod the_head_is_signed_anew;
mod the_stream_resumes;
mod the_writer_survives;
mod who_was_touched_is_listed;
mod words_come_by_sms;
