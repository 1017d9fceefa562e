//! A notification is committed before it is shown, and delivered only once it was.

use contract::record::Kind;
use rusqlite::Connection;
use testkit::at;

use super::{open, warning};
use crate::store::{Saying, Store, Told};

fn told(store: &Store) -> Vec<Told> {
    store.kept::<crate::trips::TripDraft>().unwrap().told
}

#[test]
fn what_was_not_shown_is_not_delivered_and_is_tried_again_ever_more_seldom() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    let mut tries = Vec::new();
    for minute in 0..240_i64 {
        let now = at("2026-03-01T06:00:00Z") + jiff::SignedDuration::from_mins(minute);
        if store.claim_notice(&warning(1), now).unwrap() {
            tries.push(minute);
        }
    }
    assert_eq!(tries, [0, 1, 3, 7, 15, 31, 63, 127, 191]);
    assert_eq!(store.receipt("advisory.ae@1").unwrap(), None);
    assert!(store.outbox_item(Kind::Receipts, "advisory.ae@1").unwrap().is_none());
    let shown = at("2026-03-01T10:00:00Z");
    store.notice_shown(&warning(1).entry, 1, Saying::Warning, shown).unwrap();
    assert_eq!(store.receipt("advisory.ae@1").unwrap().unwrap().delivered_at, shown);
    assert!(store.outbox_item(Kind::Receipts, "advisory.ae@1").unwrap().is_some());
    assert!(!store.claim_notice(&warning(1), at("2026-03-02T06:00:00Z")).unwrap());
}

#[test]
fn a_clock_that_was_a_year_fast_for_a_while_holds_up_no_second_try() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    assert!(store.claim_notice(&warning(1), at("2027-03-01T06:00:00Z")).unwrap());
    assert!(store.claim_notice(&warning(1), at("2026-03-01T06:00:00Z")).unwrap());
}

#[test]
fn two_channels_show_one_word_once() {
    let folder = tempfile::tempdir().unwrap();
    let (one, other) = (open(folder.path()), open(folder.path()));
    let now = at("2026-03-01T06:00:00Z");
    assert!(one.claim_notice(&warning(1), now).unwrap());
    assert!(!other.claim_notice(&warning(1), now).unwrap());
}

#[test]
fn what_an_app_of_before_has_shown_is_not_shown_again() {
    let folder = tempfile::tempdir().unwrap();
    drop(open(folder.path()));
    let file = Connection::open(folder.path().join("saparlas.db")).unwrap();
    let sql = "INSERT INTO receipt (entry, version, delivered_at) VALUES ('advisory.ae', 1, '2026-03-01T06:00:00Z')";
    file.execute(sql, []).unwrap();
    let store = open(folder.path());
    assert!(!store.claim_notice(&warning(1), at("2026-03-01T07:00:00Z")).unwrap());
    // and where it comes before the table, it counts as told
    let move_over = include_str!("../../../migrations/V6__notices.sql");
    file.execute_batch(&format!("DROP TABLE notice; {move_over}")).unwrap();
    let [told] = told(&store).try_into().unwrap();
    assert_eq!(
        (told.saying, told.version, told.report, told.shown_at),
        (Saying::Warning, 1, false, Some(at("2026-03-01T06:00:00Z")))
    );
}
