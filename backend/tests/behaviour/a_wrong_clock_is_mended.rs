use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use ministry::{
    front::folder::Folder,
    log::Bulletin,
    storage::sqlite::{Database, Schema, SqliteLog},
};

use crate::support::{Ministry, run, said};

#[tokio::test]
async fn repair_forgets_what_was_signed_while_the_clock_was_ahead() {
    let ministry = Ministry::new();
    let folder = Folder::of(ministry.outside.path());
    let settings = folder.settings().unwrap();
    let store = Arc::new(SqliteLog::new(Database::open(&folder.bulletin(), Schema::Bulletin).unwrap()));
    let ahead = Arc::new(|| Timestamp::now() + SignedDuration::from_hours(24 * 400));
    drop(Bulletin::open(store, &settings.roots, folder.head_keys().unwrap(), ahead).await.unwrap());

    let served = ministry.serve();
    let keys = served.keys(&ministry.profile()).await;
    let far = served.head(&keys).await.issued_at;
    assert!(far > Timestamp::now() + SignedDuration::from_hours(24), "served as it is, and no new one is signed");
    let log = std::fs::read_to_string(&served.log).unwrap();
    assert!(log.contains("no head is signed"), "{log}");
    let busy = run(&["repair", "--data", ministry.outside.path().to_str().unwrap()]);
    assert!(said(&busy).contains("a front is at work"), "{}", said(&busy));
    drop(served);
    let repaired = run(&["repair", "--data", ministry.outside.path().to_str().unwrap()]);
    assert!(repaired.status.success(), "{}", said(&repaired));
    assert!(said(&repaired).contains("1 statements that were signed ahead of the clock"), "{}", said(&repaired));
    let served = ministry.serve();
    let head = served.head(&keys).await;
    assert!(head.issued_at <= Timestamp::now());
    let again = run(&["repair", "--data", ministry.inside.path().to_str().unwrap()]);
    assert!(said(&again).contains("desk: nothing was signed ahead of the clock"), "{}", said(&again));
    assert!(said(&again).contains("front: not here"), "{}", said(&again));
}
