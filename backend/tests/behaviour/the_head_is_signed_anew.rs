use std::sync::{Arc, Mutex};

use contract::log::check_head;
use jiff::{SignedDuration, Timestamp};
use ministry::{
    Clock,
    front::folder::Folder,
    log::{Bulletin, LogError},
    storage::sqlite::{Database, Schema, SqliteLog},
};

use crate::support::Ministry;

fn hand_turned(start: Timestamp) -> (Clock, Arc<Mutex<Timestamp>>) {
    let hand = Arc::new(Mutex::new(start));
    let shown = hand.clone();
    (Arc::new(move || *shown.lock().unwrap()), hand)
}

async fn open(ministry: &Ministry, clock: Clock) -> Bulletin {
    let folder = Folder::of(ministry.outside.path());
    let settings = folder.settings().unwrap();
    let store = SqliteLog::new(Database::open(&folder.bulletin(), Schema::Bulletin).unwrap());
    Bulletin::open(Arc::new(store), &settings.roots, folder.head_keys().unwrap(), clock).await.unwrap()
}

#[tokio::test]
async fn a_new_head_holds_for_a_day_and_follows_the_old() {
    let ministry = Ministry::new();
    let profile = ministry.profile();
    let keys = profile.roots.verify_first(&profile.shipped.as_ref().unwrap().keys[0]).unwrap();
    let start = Timestamp::now() + SignedDuration::from_hours(1);
    let (clock, hand) = hand_turned(start);
    let log = open(&ministry, clock).await;
    let first = keys.head(&log.head().unwrap().jws).unwrap();
    assert_eq!(first.issued_at, start);
    assert_eq!(first.expires_at, start + SignedDuration::from_hours(24));

    let later = start + SignedDuration::from_hours(1);
    *hand.lock().unwrap() = later;
    log.sign_head().await.unwrap();
    let second = keys.head(&log.head().unwrap().jws).unwrap();
    assert_eq!((second.issued_at, second.seq, second.hash), (later, first.seq, first.hash));
    check_head(Some(&first), None, &second, later).unwrap();

    *hand.lock().unwrap() = later - SignedDuration::from_mins(4);
    log.sign_head().await.unwrap();
    let third = keys.head(&log.head().unwrap().jws).unwrap();
    assert!(
        check_head(Some(&second), None, &third, later).is_ok(),
        "a clock set back a little does not make a head older"
    );
}

#[tokio::test]
async fn a_front_whose_clock_was_ahead_signs_nothing_until_it_is_repaired() {
    let ministry = Ministry::new();
    let (clock, hand) = hand_turned(Timestamp::now() + SignedDuration::from_hours(24 * 400));
    let ahead = open(&ministry, clock.clone()).await;
    let signed = ahead.head().unwrap();
    *hand.lock().unwrap() = Timestamp::now();
    let refused = ahead.sign_head().await.unwrap_err();
    assert!(matches!(refused, LogError::ClockBehind { .. }), "{refused}");
    assert_eq!(ahead.head().unwrap(), signed, "the last one is still served");
    let again = open(&ministry, clock).await;
    assert_eq!(again.head().unwrap(), signed, "and the front opens all the same");
}
