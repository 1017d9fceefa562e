//! Who is where by their word alone: what makes a word one without a trip, and how long it says that somebody is there.

use contract::{
    ids::{CallId, CheckInId, TripId},
    record::{Call, CallOutcome, CheckIn, CheckInStatus, PeopleByStatus, Trip},
};
use jiff::{SignedDuration, Timestamp};
use ministry::{
    register::{Register, Where, kept::Incoming},
    storage::sqlite::SqliteRegister,
};
use tempfile::TempDir;
use testkit::country;

use crate::{
    register_conformance::{device, keep},
    support::{App, sqlite_register},
};

fn hour(hours: i64) -> Timestamp {
    Timestamp::UNIX_EPOCH + SignedDuration::from_hours(hours)
}

struct Counted {
    register: SqliteRegister,
    app: App,
    _folder: TempDir,
}

impl Counted {
    async fn new() -> Self {
        let (register, _folder) = sqlite_register();
        register.begin("epoch".into()).await.unwrap();
        let app = device(&register).await;
        Self { register, app, _folder }
    }

    /// A trip that is never in Australia.
    async fn trip(&self, app: &App) -> TripId {
        let id = TripId::random(&mut rand::rng());
        keep(&self.register, app.id, id, app.trip(id, 1, hour(0)), hour(0)).await.unwrap();
        id
    }

    async fn say(&self, word: CheckIn) {
        let (id, at) = (CheckInId::random(&mut rand::rng()), word.at);
        keep(&self.register, self.app.id, id, word, at).await.unwrap();
    }

    /// People, and those of them who need help.
    async fn at(&self, place: Where, at: Timestamp) -> (u64, u64) {
        let count = self.register.headcount(place, at).await.unwrap();
        (count.people, count.need_help)
    }
}

/// One who needs help in Australia.
fn cry(trip: Option<TripId>) -> CheckIn {
    let people = PeopleByStatus::from([(CheckInStatus::NeedHelp, 1)]);
    CheckIn { version: 1, people, trip, country: Some(country("AU")), airport: None, at: hour(1), sealed: None }
}

fn australia() -> Where {
    Where::Country(country("AU"))
}

#[tokio::test]
async fn a_word_of_a_trip_is_counted_where_the_trip_is() {
    let counted = Counted::new().await;
    counted.say(cry(Some(counted.trip(&counted.app).await))).await;
    assert_eq!(counted.at(australia(), hour(20)).await, (0, 0));
    assert_eq!(counted.at(Where::Country(country("AE")), hour(20)).await, (3, 1));
}

#[tokio::test]
async fn a_word_of_what_is_no_trip_of_the_device_is_counted_where_it_was_said() {
    let strangers = Counted::new().await;
    let other = device(&strangers.register).await;
    strangers.say(cry(Some(strangers.trip(&other).await))).await;

    let deleted = Counted::new().await;
    let trip = deleted.trip(&deleted.app).await;
    deleted.register.put(deleted.app.id, Incoming::tombstone::<Trip>(trip, 2), hour(0)).await.unwrap();
    deleted.say(cry(Some(trip))).await;

    let unknown = Counted::new().await;
    let id = TripId::random(&mut rand::rng());
    let call = Call { version: 1, number: None, outcome: CallOutcome::Called, country: None, at: hour(0) };
    let call = Incoming::new(CallId::random(&mut rand::rng()), &call).unwrap();
    unknown.register.put(unknown.app.id, Incoming { id: id.into(), ..call }, hour(0)).await.unwrap();
    unknown.say(cry(Some(id))).await;

    for (name, counted) in [("another's", strangers), ("a deleted one", deleted), ("a call's id", unknown)] {
        assert_eq!(counted.at(australia(), hour(20)).await, (1, 1), "{name}");
    }
}

#[tokio::test]
async fn a_cry_is_counted_for_ninety_days_to_the_very_moment() {
    let counted = Counted::new().await;
    counted.say(cry(None)).await;
    let last = hour(1 + 24 * 90);
    assert_eq!(counted.at(australia(), last).await, (1, 1));
    assert_eq!(counted.at(australia(), last + SignedDuration::from_micros(1)).await, (0, 0));
}

#[tokio::test]
async fn whoever_has_spoken_elsewhere_since_is_there_alone() {
    let counted = Counted::new().await;
    let airport = "SYD".parse().unwrap();
    let sydney = Where::Airport(airport);
    counted.say(CheckIn { country: None, airport: Some(airport), ..cry(None) }).await;
    for place in [australia(), sydney] {
        assert_eq!(counted.at(place, hour(2)).await, (1, 1), "{place:?}");
    }
    let people = PeopleByStatus::from([(CheckInStatus::Safe, 2)]);
    counted.say(CheckIn { people, country: Some(country("KZ")), at: hour(3), ..cry(None) }).await;
    for place in [australia(), sydney] {
        assert_eq!(counted.at(place, hour(4)).await, (0, 0), "{place:?}");
    }
    assert_eq!(counted.at(Where::Country(country("KZ")), hour(4)).await, (2, 0));
}
