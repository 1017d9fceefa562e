//! A notification is committed before it is shown, and delivered only once it was.

use contract::record::Kind;
use rusqlite::Connection;
use testkit::at;

use super::{open, warning};
use crate::store::{Saying, SignedEntry, Step, Store, Told};

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
    let areas = include_str!("../../../migrations/V7__notice_areas.sql");
    file.execute_batch(&format!("DROP TABLE notice; {move_over} {areas}")).unwrap();
    held(&store, 1);
    let [told] = told(&store).try_into().unwrap();
    assert_eq!(
        (told.saying, told.version, told.report, told.shown_at),
        (Saying::Warning, 1, false, Some(at("2026-03-01T06:00:00Z")))
    );
}

fn held(store: &Store, version: u32) {
    let entry = SignedEntry { id: warning(1).entry, version, jws: String::new(), seq: Some(1) };
    store.take_step(&Step { kept: vec![entry], ..Step::default() }).unwrap();
}

fn leaves(store: &Store, version: u32) {
    store.take_step(&Step { gone: vec![(warning(1).entry, version)], ..Step::default() }).unwrap();
}

fn shown(store: &Store, told: &Told, at: jiff::Timestamp) {
    assert!(store.claim_notice(told, at).unwrap());
    store.notice_shown(&told.entry, told.version, told.saying, at).unwrap();
}

fn rows(store: &Store) -> Vec<(u32, String)> {
    let connection = store.lock();
    let mut statement = connection.prepare("SELECT version, saying FROM notice ORDER BY rowid").unwrap();
    statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap().collect::<Result<_, _>>().unwrap()
}

#[test]
fn what_was_told_of_an_entry_that_left_is_forgotten_and_rings_no_more_where_it_comes_again() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    let now = at("2026-03-01T06:00:00Z");
    held(&store, 1);
    shown(&store, &warning(1), now);
    held(&store, 2);
    shown(&store, &Told { saying: Saying::Ending, ..warning(2) }, now);
    store.mark_read(&warning(1).entry, 2, "Over", now).unwrap();
    assert_eq!(told(&store).len(), 3);
    leaves(&store, 2);
    assert_eq!(rows(&store), []);
    for version in [1, 2] {
        held(&store, version);
        for saying in [Saying::Warning, Saying::Ending] {
            assert!(!store.claim_notice(&Told { saying, ..warning(version) }, at("2026-04-01T06:00:00Z")).unwrap());
        }
    }
    assert!(store.claim_notice(&warning(3), at("2026-04-01T06:00:00Z")).unwrap(), "a new version is news");
}

#[test]
fn of_a_warning_that_left_what_its_end_needs_is_kept_and_not_read_until_then() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    let now = at("2026-03-01T06:00:00Z");
    for version in [1, 2] {
        held(&store, version);
        shown(&store, &warning(version), now);
    }
    leaves(&store, 2);
    assert_eq!(rows(&store), [(2, "warning".to_owned())]);
    assert_eq!(told(&store), []);
    held(&store, 3);
    assert_eq!(told(&store).iter().map(|told| told.version).collect::<Vec<_>>(), [2]);
    assert!(!store.claim_notice(&warning(2), at("2026-04-01T06:00:00Z")).unwrap());
}
