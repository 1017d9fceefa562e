//! What waited for the ministry waits after a file is rebuilt too, and what is lost is said, or that nobody knows.

use std::{collections::BTreeSet, fs};

use contract::{
    ids::CallId,
    record::{CallOutcome, Kind},
};
use rand::{SeedableRng, rngs::StdRng};
use rusqlite::Connection;
use testkit::at;

use super::{
    NOW,
    damage::{PAGE, TRIPS, check_in, file, lived_in, mended, root_pages, with},
    open, trip_id, trips, warning,
};
use crate::{
    store::{Call, CallWay, Item, Store},
    testing::dubai,
    trips::TripDraft,
};

/// The same file with some tables' every way in gone.
fn without(bytes: &[u8], tables: &[&str]) -> Vec<u8> {
    let mut after = bytes.to_vec();
    for page in root_pages(bytes, tables) {
        after[page * PAGE..(page + 1) * PAGE].fill(0);
    }
    after
}

fn lacking(store: &Store) -> BTreeSet<(Kind, String)> {
    let outbox = store.outbox().unwrap();
    outbox.into_iter().filter(Item::is_lacking).map(|item| (item.kind, item.id)).collect()
}

#[test]
fn what_waited_for_the_ministry_waits_after_a_rebuild_too() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    let call = |seed| Call {
        id: CallId::random(&mut StdRng::seed_from_u64(seed)),
        number: "+442079460100".into(),
        way: CallWay::Voice,
        country: None,
        outcome: CallOutcome::Called,
        dialled: true,
        at: at(NOW),
    };
    for seed in [1, 2] {
        store.save_trip(trip_id(seed), &dubai()).unwrap();
    }
    store.delete_trip::<TripDraft>(trip_id(2), None).unwrap();
    store.save_call(&call(1), true).unwrap();
    store.save_call(&call(2), false).unwrap();
    store.save_check_in(&check_in(1), None).unwrap();
    let told = warning(1);
    assert!(store.claim_notice(&told, at(NOW)).unwrap());
    store.notice_shown(&told.entry, 1, told.saying, at(NOW)).unwrap();
    let waited = lacking(&store);
    assert_eq!(waited.len(), 5);
    drop(store);
    let bytes = fs::read(file(folder.path())).unwrap();
    let index = "sqlite_autoindex_outbox_1";
    for (gone, lost) in [(&["outbox"][..], Some(5)), (&["outbox", index], None), (&[index], Some(0))] {
        let folder = with(&without(&bytes, gone));
        let store = open(folder.path());
        assert_eq!(lacking(&store), waited, "{gone:?}");
        assert_eq!(mended(&store).unwrap().lost, lost, "{gone:?}");
        let help: BTreeSet<_> = store.outbox().unwrap().iter().filter(|item| item.help).map(|item| item.kind).collect();
        assert_eq!(help, BTreeSet::from([Kind::Call]));
    }
}

#[test]
fn what_was_taken_back_with_its_trip_is_not_told_after_a_rebuild() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    store.save_trip(trip_id(1), &dubai()).unwrap();
    let told = warning(1);
    assert!(store.claim_notice(&told, at(NOW)).unwrap());
    store.notice_shown(&told.entry, 1, told.saying, at(NOW)).unwrap();
    store.delete_trip::<TripDraft>(trip_id(1), None).unwrap();
    drop(store);
    let bytes = fs::read(file(folder.path())).unwrap();
    let folder = with(&without(&bytes, &["outbox", "sqlite_autoindex_outbox_1"]));
    assert_eq!(lacking(&open(folder.path())), BTreeSet::from([(Kind::Trip, trip_id(1).to_string())]));
}

#[test]
fn what_is_lost_adds_up_until_it_is_read() {
    let before = lived_in();
    let folder = with(&without(&before, &["check_in"]));
    drop(open(folder.path()));
    let once = fs::read(file(folder.path())).unwrap();
    let lost = |store: &Store| mended(store).unwrap().lost;
    let first = lost(&open(folder.path()));
    assert_eq!(first, Some(u32::try_from(TRIPS).unwrap()));
    let folder = with(&without(&once, &["outbox", "sqlite_autoindex_outbox_1"]));
    assert_eq!(lost(&open(folder.path())), None);
}

/// A list of migrations that names none, in a file of which nothing else is left.
#[test]
fn a_file_that_cannot_be_brought_up_to_date_is_rebuilt_once() {
    let folder = tempfile::tempdir().unwrap();
    let connection = Connection::open(file(folder.path())).unwrap();
    connection
        .execute_batch(
            "CREATE TABLE refinery_schema_history (version INTEGER PRIMARY KEY, name TEXT, applied_on TEXT, checksum TEXT);
             INSERT INTO refinery_schema_history VALUES (0, 'none', '', '');
             CREATE TABLE other (x); INSERT INTO other VALUES (zeroblob(100000));",
        )
        .unwrap();
    drop(connection);
    let mut bytes = fs::read(file(folder.path())).unwrap();
    let page = root_pages(&bytes, &["other"]).first().copied().unwrap();
    bytes[page * PAGE..(page + 1) * PAGE].fill(0);
    fs::write(file(folder.path()), &bytes).unwrap();
    open(folder.path()).save_trip(trip_id(1), &dubai()).unwrap();
    let store = open(folder.path());
    assert_eq!(trips(&store), [(trip_id(1), dubai())]);
    assert_eq!(mended(&store).unwrap().lost, None);
    assert_eq!(store.opened_aside(), [bytes]);
}
