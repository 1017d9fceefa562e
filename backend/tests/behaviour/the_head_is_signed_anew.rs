use std::sync::{Arc, Mutex};

use contract::bulletin::check_head;
use jiff::{SignedDuration, Timestamp};
use ministry::{
    Clock,
    front::folder::Folder,
    log::Bulletin,
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
    let keys = settings.roots.verify(&folder.key_set().unwrap()).unwrap();
    let store = SqliteLog::new(Database::open(&folder.bulletin(), Schema::Bulletin).unwrap());
    Bulletin::open(std::sync::Arc::new(store), keys, folder.head_signatory(&settings).unwrap(), clock).await.unwrap()
}

#[tokio::test]
async fn a_new_head_holds_for_a_day_and_follows_the_old() {
    let ministry = Ministry::new();
    let profile = ministry.profile();
    let folder = Folder::of(ministry.outside.path());
    let keys = profile.roots.verify(&folder.key_set().unwrap()).unwrap();
    let start = Timestamp::now() + SignedDuration::from_hours(1);
    let (clock, hand) = hand_turned(start);
    let log = open(&ministry, clock).await;
    let first = keys.head(&log.head().jws).unwrap();
    assert_eq!(first.issued_at, start);
    assert_eq!(first.expires_at, start + SignedDuration::from_hours(24));

    let later = start + SignedDuration::from_hours(1);
    *hand.lock().unwrap() = later;
    log.sign_head().await.unwrap();
    let second = keys.head(&log.head().jws).unwrap();
    assert_eq!((second.issued_at, second.seq, second.hash), (later, first.seq, first.hash));
    check_head(Some(&first), &second, later).unwrap();

    *hand.lock().unwrap() = start - SignedDuration::from_hours(5);
    log.sign_head().await.unwrap();
    let third = keys.head(&log.head().jws).unwrap();
    assert!(check_head(Some(&second), &third, later).is_ok(), "a clock set back does not make a head older");
}
