//! What is kept is kept as long as its kind may be, to the very moment, and no other device makes it longer.

use contract::{
    ids::{CallId, CheckInId, TripId},
    profile::Retention,
    record::{Call, CallOutcome, CheckIn, CheckInStatus, PeopleByStatus, Receipt},
};
use jiff::{SignedDuration, Timestamp};
use ministry::{
    register::{Register, export::Export},
    storage::sqlite::SqliteRegister,
};
use tempfile::TempDir;

use crate::{
    register_conformance::{device, export, keep},
    support::{App, sqlite_register},
};

const RETENTION: Retention =
    Retention { trip: 30, check_in: 20, case: 1, message: 1, sms: 1, call: 10, audit: 1, backup: 1 };
const MOMENT: SignedDuration = SignedDuration::from_micros(1);

/// So many days after all began.
fn day(days: i64) -> Timestamp {
    Timestamp::UNIX_EPOCH + SignedDuration::from_hours(24 * days)
}

/// So many days after the trip's last leg.
fn after_trip(days: i64) -> Timestamp {
    day(days) + SignedDuration::from_hours(132)
}

struct Kept {
    register: SqliteRegister,
    app: App,
    _folder: TempDir,
}

impl Kept {
    async fn new() -> Self {
        let (register, _folder) = sqlite_register();
        register.begin("epoch".into()).await.unwrap();
        let app = device(&register).await;
        Self { register, app, _folder }
    }

    /// A trip and what is said of it, in this order.
    async fn trip(words: &[CheckInStatus]) -> Self {
        let (kept, id) = (Self::new().await, TripId::random(&mut rand::rng()));
        keep(&kept.register, kept.app.id, id, kept.app.trip(id, 1, day(0)), day(0)).await.unwrap();
        for (second, status) in words.iter().enumerate() {
            let at = day(0) + SignedDuration::from_secs(second as i64);
            kept.say(&kept.app, Some(id), *status, at).await;
        }
        kept
    }

    async fn say(&self, app: &App, trip: Option<TripId>, status: CheckInStatus, at: Timestamp) {
        let people = PeopleByStatus::from([(status, 1)]);
        let word = CheckIn { version: 1, people, trip, country: None, airport: None, at, sealed: None };
        keep(&self.register, app.id, CheckInId::random(&mut rand::rng()), word, at).await.unwrap();
    }

    async fn call() -> Self {
        let kept = Self::new().await;
        let call = Call { version: 1, number: None, outcome: CallOutcome::Called, country: None, at: day(0) };
        keep(&kept.register, kept.app.id, CallId::random(&mut rand::rng()), call, day(0)).await.unwrap();
        kept
    }

    async fn receipt(told: &[Timestamp]) -> Self {
        let kept = Self::new().await;
        let entry: contract::ids::EntryId = "advisory.ae".parse().unwrap();
        for now in told {
            let receipt =
                Receipt { entry: entry.clone(), version: 1, delivered_at: day(0), shown_at: None, read_at: None };
            kept.register.put_receipts(kept.app.id, vec![receipt], *now).await.unwrap();
        }
        kept
    }

    /// What is left of a device then.
    async fn of(&self, app: &App, now: Timestamp) -> Export {
        self.register.retain(RETENTION, now).await.unwrap();
        export(&self.register, app.id).await.unwrap()
    }

    /// How many records are left then.
    async fn at(&self, now: Timestamp) -> usize {
        let left = self.of(&self.app, now).await;
        left.trips.len() + left.check_ins.len() + left.calls.len() + left.receipts.len()
    }
}

#[tokio::test]
async fn each_kind_is_kept_to_the_very_moment() {
    use CheckInStatus::{NeedHelp, Safe, Stranded};
    let word = Kept::new().await;
    word.say(&word.app, None, Safe, day(0)).await;
    for (name, kept, until) in [
        ("a call", Kept::call().await, day(10)),
        ("a word", word, day(20)),
        ("a receipt", Kept::receipt(&[day(0)]).await, day(30)),
        ("a receipt told again", Kept::receipt(&[day(0), day(9)]).await, day(39)),
        ("a trip", Kept::trip(&[]).await, after_trip(30)),
        ("a trip of the safe", Kept::trip(&[Safe]).await, after_trip(30)),
        ("a trip of the stranded", Kept::trip(&[Stranded]).await, after_trip(90)),
        ("a trip of whoever needs help", Kept::trip(&[Safe, NeedHelp]).await, after_trip(90)),
        ("a trip of who was stranded", Kept::trip(&[Stranded, Safe]).await, after_trip(30)),
        ("a trip of who needed help", Kept::trip(&[NeedHelp, Safe]).await, after_trip(30)),
    ] {
        let held = kept.at(day(1)).await;
        assert!(held > 0, "{name}");
        assert_eq!(kept.at(until).await, held, "{name}");
        assert_eq!(kept.at(until + MOMENT).await, 0, "{name}");
    }
}

#[tokio::test]
async fn what_should_have_gone_long_ago_goes_at_once() {
    let answered = Kept::trip(&[CheckInStatus::NeedHelp, CheckInStatus::Safe]).await;
    assert_eq!(answered.at(after_trip(90)).await, 0);
}

#[tokio::test]
async fn another_device_s_word_keeps_nobody_s_trip_and_nobody_s_trip_keeps_it() {
    let kept = Kept::trip(&[]).await;
    let trip = kept.of(&kept.app, day(0)).await.trips[0].id;
    let other = device(&kept.register).await;
    kept.say(&other, Some(trip), CheckInStatus::NeedHelp, day(0)).await;
    let words = async |now| kept.of(&other, now).await.check_ins.len();
    assert_eq!(words(day(20)).await, 1);
    assert_eq!(words(day(20) + MOMENT).await, 0);
    assert_eq!(kept.at(after_trip(30)).await, 1);
    kept.say(&other, Some(trip), CheckInStatus::NeedHelp, after_trip(29)).await;
    assert_eq!(kept.at(after_trip(30) + MOMENT).await, 0);
}
