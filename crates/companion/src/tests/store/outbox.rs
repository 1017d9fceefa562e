//! What waits, what is with the ministry, what is parked, and what a restored register asks for again.

use contract::{
    http::Code,
    ids::CallId,
    record::{CallOutcome, CheckInStatus, Kind},
};
use rand::{SeedableRng, rngs::StdRng};

use super::{open, trip_id, warning};
use testkit::at;

use crate::{
    store::{Call, CallWay, Delivery, Saying, Store, to_word, word},
    testing::dubai,
    trips::TripDraft,
};

const FIRST: &str = "2026-03-01T06:00:00Z";
const LATER: &str = "2026-03-01T07:00:00Z";

fn with_trip() -> (tempfile::TempDir, Store, String) {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    store.save_trip(trip_id(1), &dubai()).unwrap();
    (folder, store, trip_id(1).to_string())
}

fn delivery(store: &Store, id: &str) -> Delivery {
    store.outbox_item(Kind::Trip, id).unwrap().unwrap().delivery()
}

fn received(time: &str) -> Delivery {
    Delivery::Received { at: at(time) }
}

#[test]
fn a_saved_trip_waits_until_the_ministry_has_it() {
    let (_folder, store, id) = with_trip();
    assert_eq!(delivery(&store, &id), Delivery::Waiting);
    store.mark_received(Kind::Trip, &id, 1, at(FIRST)).unwrap();
    assert_eq!(delivery(&store, &id), received(FIRST));
    assert_eq!(store.outbox_item(Kind::Trip, "unknown").unwrap(), None);
    assert_eq!(store.outbox_item(Kind::Call, &id).unwrap(), None);
}

#[test]
fn a_version_made_while_an_older_one_was_on_its_way_still_waits() {
    let (_folder, store, id) = with_trip();
    store.save_trip(trip_id(1), &dubai()).unwrap();
    store.mark_received(Kind::Trip, &id, 1, at(FIRST)).unwrap();
    assert_eq!(delivery(&store, &id), Delivery::Waiting);
    store.mark_received(Kind::Trip, &id, 2, at(LATER)).unwrap();
    assert_eq!(delivery(&store, &id), received(LATER));
    // an answer that comes late takes nothing back
    store.mark_received(Kind::Trip, &id, 1, at(LATER)).unwrap();
    assert_eq!(delivery(&store, &id), received(LATER));
}

#[test]
fn what_the_ministry_would_not_take_waits_for_the_traveller_with_its_reason() {
    let (_folder, store, id) = with_trip();
    store.park(Kind::Trip, &id, 1, Code::FieldInvalid).unwrap();
    assert_eq!(delivery(&store, &id), Delivery::Parked { code: Code::FieldInvalid });
    store.unpark_all().unwrap();
    assert_eq!(delivery(&store, &id), Delivery::Waiting);
}

#[test]
fn a_changed_trip_is_parked_no_longer() {
    let (_folder, store, id) = with_trip();
    store.park(Kind::Trip, &id, 1, Code::FieldInvalid).unwrap();
    store.save_trip(trip_id(1), &dubai()).unwrap();
    assert_eq!(delivery(&store, &id), Delivery::Waiting);
}

#[test]
fn a_refusal_of_an_older_version_does_not_park_the_newer() {
    let (_folder, store, id) = with_trip();
    store.save_trip(trip_id(1), &dubai()).unwrap();
    store.park(Kind::Trip, &id, 1, Code::FieldInvalid).unwrap();
    assert_eq!(delivery(&store, &id), Delivery::Waiting);
}

#[test]
fn a_restored_register_is_sent_everything_again() {
    let (_folder, store, id) = with_trip();
    assert!(!store.note_epoch("one").unwrap(), "the first epoch is no change");
    store.mark_received(Kind::Trip, &id, 1, at(FIRST)).unwrap();
    assert!(!store.note_epoch("one").unwrap());
    assert_eq!(delivery(&store, &id), received(FIRST));
    assert!(store.note_epoch("two").unwrap());
    assert_eq!(delivery(&store, &id), Delivery::Waiting);
    assert_eq!(store.outbox_item(Kind::Trip, &id).unwrap().unwrap().received_version, 0);
    assert!(!store.note_epoch("two").unwrap());
}

#[test]
fn a_trip_that_was_deleted_is_told_again_to_a_restored_register() {
    let (_folder, store, id) = with_trip();
    store.note_epoch("one").unwrap();
    store.delete_trip::<TripDraft>(trip_id(1), None).unwrap();
    store.mark_received(Kind::Trip, &id, 2, at(FIRST)).unwrap();
    store.note_epoch("two").unwrap();
    assert_eq!(delivery(&store, &id), Delivery::Waiting);
    assert_eq!(store.trip::<TripDraft>(trip_id(1)).unwrap(), Some((2, None)));
}

#[test]
fn a_version_is_raised_over_one_that_is_as_high_and_over_no_lower_one() {
    let (_folder, store, id) = with_trip();
    assert_eq!(store.raise_over(Kind::Trip, &id, 0).unwrap(), None, "it is as high already");
    assert_eq!(store.raise_over(Kind::Trip, &id, 1).unwrap(), Some(2));
    assert_eq!(store.raise_over(Kind::Trip, &id, 7).unwrap(), Some(8));
    assert_eq!(store.raise_over(Kind::Trip, &id, u32::MAX).unwrap(), None, "nothing goes over the last");
    assert_eq!(store.outbox_item(Kind::Trip, &id).unwrap().unwrap().version, 8);
}

#[test]
fn only_a_call_to_the_ministry_is_reported_and_so_is_what_came_of_it() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    let mut rng = StdRng::seed_from_u64(1);
    let mut tap = |report: bool| {
        let id = CallId::random(&mut rng);
        let (number, outcome) = ("+442079460100".to_owned(), CallOutcome::Called);
        store
            .save_call(
                &Call { way: CallWay::Voice, id, number, country: None, outcome, dialled: true, at: at(FIRST) },
                report,
            )
            .unwrap();
        assert!(store.set_call_outcome(id, CallOutcome::StillNeedHelp, None).unwrap());
        store.outbox_item(Kind::Call, &id.to_string()).unwrap().map(|item| item.version)
    };
    assert_eq!(tap(true), Some(2));
    assert_eq!(tap(false), None);
    assert!(!store.set_call_outcome(CallId::random(&mut rng), CallOutcome::GotThrough, None).unwrap());
}

#[test]
fn a_notification_is_claimed_once_and_its_first_reading_is_told_once() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    let id = "advisory.ae".parse().unwrap();
    assert!(store.claim_notice(&warning(1), at(FIRST)).unwrap());
    store.notice_shown(&id, 1, Saying::Warning, at(FIRST)).unwrap();
    assert!(!store.claim_notice(&warning(1), at(LATER)).unwrap());
    assert!(store.claim_notice(&warning(2), at(LATER)).unwrap(), "a newer version is newer word");
    let version = || store.outbox_item(Kind::Receipts, "advisory.ae@1").unwrap().unwrap().version;
    assert_eq!(version(), 1);
    store.mark_read(&id, 1, "", at(LATER)).unwrap();
    assert_eq!(version(), 2);
    store.mark_read(&id, 1, "", at("2026-03-01T09:00:00Z")).unwrap();
    store.mark_read(&id, 3, "", at(LATER)).unwrap();
    let receipt = store.receipt("advisory.ae@1").unwrap().unwrap();
    assert_eq!((receipt.delivered_at, receipt.read_at), (at(FIRST), Some(at(LATER))));
    assert_eq!(version(), 2);
    for unknown in ["advisory.ae@3", "advisory.ae", "", "@", "a@b"] {
        assert_eq!(store.receipt(unknown).unwrap(), None, "{unknown}");
    }
}

#[test]
fn every_word_of_a_record_is_stored_as_it_is_on_the_wire() {
    for status in [CheckInStatus::Safe, CheckInStatus::NeedHelp, CheckInStatus::Left, CheckInStatus::Stranded] {
        let written = to_word(&status).unwrap();
        assert_eq!(word::<CheckInStatus>(written).unwrap(), status);
    }
}

#[test]
fn every_kind_is_read_as_it_was_written_and_one_of_a_newer_app_waits_for_that_app() {
    let (_folder, store, _) = with_trip();
    let put = "INSERT INTO outbox (kind, id, version) VALUES (?1, 'a', 1)";
    for word in ["device", "call", "check_in", "message", "trip", "receipt", "of_a_newer_app"] {
        store.lock().execute(put, [word]).unwrap();
    }
    for kind in Kind::ALL {
        assert_eq!(store.outbox_item(kind, "a").unwrap().unwrap().kind, kind);
    }
    assert_eq!(store.outbox().unwrap().len(), Kind::ALL.len() + 1);
}
