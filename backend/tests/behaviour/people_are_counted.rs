use contract::{
    ids::{CheckInId, TripId},
    record::Headcount,
};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use crate::support::{App, Ministry, Served};

struct Counted {
    ministry: Ministry,
    served: Served,
    app: App,
    trip: TripId,
    begin: Timestamp,
}

impl Counted {
    /// Three people, at the beginning of a journey through Doha to Dubai.
    async fn new() -> Self {
        let ministry = Ministry::new();
        let served = ministry.serve();
        let app = App::register(&served).await;
        let trip = TripId::random(&mut rand::rng());
        let begin: Timestamp = "2026-03-01T00:00:00Z".parse().unwrap();
        app.put(&served, &format!("/v1/trips/{trip}"), &json!(app.trip(trip, 1, begin))).await;
        Self { ministry, served, app, trip, begin }
    }

    fn at(&self, hours: i64) -> Timestamp {
        self.begin + SignedDuration::from_hours(hours)
    }

    fn count(&self, place: [&str; 2], hours: i64) -> Headcount {
        let text = self.ministry.headcount(&self.served.inside, &place, self.at(hours), &["--json"]);
        serde_json::from_str(&text).unwrap()
    }

    fn numbers(&self, place: [&str; 2], hours: i64) -> (u64, u64, u64) {
        let count = self.count(place, hours);
        (count.people, count.trips, count.overdue)
    }

    async fn check_in(&self, status: &str, hours: i64) {
        let id = CheckInId::random(&mut rand::rng());
        let check_in = json!({ "version": 1, "trip": self.trip, "people": { (status): 3 }, "at": self.at(hours) });
        self.app.put(&self.served, &format!("/v1/check-ins/{id}"), &check_in).await;
    }
}

const AE: [&str; 2] = ["--country", "AE"];
const QA: [&str; 2] = ["--country", "QA"];
const DOH: [&str; 2] = ["--airport", "DOH"];

#[tokio::test]
async fn people_are_counted_where_their_plan_puts_them_and_are_overdue_after_it() {
    let all = Counted::new().await;
    assert_eq!(all.numbers(AE, 60), (3, 1, 0));
    assert_eq!(all.numbers(DOH, 8), (3, 1, 0));
    assert_eq!(all.numbers(QA, 8), (3, 1, 0), "a country counts its transits");
    assert_eq!(all.numbers(AE, 8), (0, 0, 0));
    assert_eq!(all.numbers(AE, -24), (0, 0, 0));
    assert_eq!(all.numbers(DOH, -24), (0, 0, 0));
    assert_eq!(all.numbers(AE, 12), (3, 1, 0), "from its first moment");
    assert_eq!(all.numbers(AE, 132), (0, 0, 3), "not at its last");
    assert_eq!(all.numbers(DOH, 140), (0, 0, 0), "the last leg is elsewhere");
    assert_eq!(all.numbers(AE, 132 + 24 * 90), (0, 0, 3));
    assert_eq!(all.numbers(AE, 133 + 24 * 90), (0, 0, 0), "90 days at most");
    let words = |hours| all.ministry.headcount(&all.served.inside, &AE, all.at(hours), &[]);
    assert!(words(60).contains("3 people, 1 trips") && !words(60).contains("overdue"), "{}", words(60));
    assert!(words(140).contains("overdue"), "{}", words(140));
}

#[tokio::test]
async fn whoever_has_left_is_neither_there_nor_overdue() {
    let all = Counted::new().await;
    all.check_in("left", 70).await;
    assert_eq!(all.numbers(AE, 60), (3, 1, 0), "there until then");
    assert_eq!(all.numbers(AE, 70), (0, 0, 0));
    assert_eq!(all.numbers(AE, 140), (0, 0, 0));
}

#[tokio::test]
async fn the_latest_word_tells_how_people_are_whichever_came_in_first() {
    let all = Counted::new().await;
    all.check_in("need_help", 50).await;
    all.check_in("safe", 40).await;
    let count = all.count(AE, 60);
    assert_eq!((count.safe, count.need_help, count.stranded), (0, 3, 0));
    all.check_in("stranded", 55).await;
    let count = all.count(AE, 140);
    assert_eq!((count.people, count.overdue, count.stranded), (0, 3, 3), "overdue people's word counts too");
    assert!(count.as_of.is_some());
}

#[tokio::test]
async fn a_deleted_trip_and_another_devices_word_do_not_count() {
    let all = Counted::new().await;
    let stranger = App::register(&all.served).await;
    let word = json!({ "version": 1, "trip": all.trip, "people": { "left": 3 }, "at": all.at(20) });
    stranger.put(&all.served, &format!("/v1/check-ins/{}", CheckInId::random(&mut rand::rng())), &word).await;
    assert_eq!(all.numbers(AE, 60), (3, 1, 0));
    let path = format!("/v1/trips/{}?version=2", all.trip);
    let delete = all.served.request(reqwest::Method::DELETE, &path).bearer_auth(&all.app.token);
    assert_eq!(delete.send().await.unwrap().status(), 200);
    assert_eq!(all.numbers(AE, 60), (0, 0, 0));
    assert_eq!(all.numbers(AE, 140), (0, 0, 0));
}

#[tokio::test]
async fn a_trip_sent_twice_is_counted_once_and_a_newer_version_replaces_it() {
    let all = Counted::new().await;
    let path = format!("/v1/trips/{}", all.trip);
    let export = all.served.get("/v1/devices/self/export").bearer_auth(&all.app.token).send().await.unwrap();
    let held = export.json::<serde_json::Value>().await.unwrap()["trips"][0]["record"].take();
    let again = all.app.put(&all.served, &path, &held).await;
    assert_eq!(again["version"], 1);
    assert_eq!(all.numbers(AE, 60), (3, 1, 0));
    let mut newer = all.app.trip(all.trip, 2, all.begin);
    newer.people = 5;
    newer.legs.push(newer.legs[1].clone());
    all.app.put(&all.served, &path, &json!(newer)).await;
    assert_eq!(all.numbers(AE, 60), (5, 1, 0), "two legs there, one trip");
}

#[tokio::test]
async fn a_cry_for_help_without_a_trip_is_counted_by_its_own_place() {
    let all = Counted::new().await;
    let alone = App::register(&all.served).await;
    let say = async |place: serde_json::Value, status: &str, hours| {
        let id = CheckInId::random(&mut rand::rng());
        let mut word = json!({ "version": 1, "people": { (status): 2 }, "at": all.at(hours) });
        word.as_object_mut().unwrap().extend(place.as_object().unwrap().clone());
        alone.put(&all.served, &format!("/v1/check-ins/{id}"), &word).await;
    };
    say(json!({ "airport": "DOH" }), "need_help", 8).await;
    for place in [DOH, QA] {
        let count = all.count(place, 9);
        assert_eq!(
            (count.people, count.trips, count.need_help, count.need_help_without_trip),
            (5, 1, 2, 2),
            "{place:?}"
        );
    }
    assert_eq!(all.count(AE, 60).need_help, 0);
    assert_eq!(all.count(QA, 24 * 80).need_help, 2, "it stands until it is answered");
    assert_eq!(all.count(QA, 7).need_help, 0, "and not before it was said");
    say(json!({ "country": "KZ" }), "safe", 24).await;
    assert_eq!(all.count(QA, 30).need_help, 0, "answered by their own word from elsewhere");
    assert_eq!(all.count(["--country", "KZ"], 30).people, 2);
    assert_eq!(all.count(["--country", "KZ"], 60).people, 0, "safe somewhere says nothing a day later");
}

#[tokio::test]
async fn a_word_from_the_future_hides_no_later_cry() {
    let all = Counted::new().await;
    let years = 24 * 365 * 5;
    all.check_in("safe", years).await;
    all.check_in("need_help", 50).await;
    let count = all.count(AE, 60);
    assert_eq!((count.safe, count.need_help), (0, 3));
}

#[tokio::test]
async fn one_of_three_who_has_left_leaves_two_there() {
    let all = Counted::new().await;
    let id = CheckInId::random(&mut rand::rng());
    let people = json!({ "left": 1, "safe": 2 });
    let word = json!({ "version": 1, "trip": all.trip, "people": people, "at": all.at(50) });
    all.app.put(&all.served, &format!("/v1/check-ins/{id}"), &word).await;
    let count = all.count(AE, 60);
    assert_eq!((count.people, count.safe), (2, 2));
    assert_eq!(all.numbers(AE, 140), (0, 0, 2));
}

#[tokio::test]
async fn more_people_than_a_party_on_one_device_are_counted_apart() {
    let all = Counted::new().await;
    let crowd = TripId::random(&mut rand::rng());
    let mut trip = all.app.trip(crowd, 1, all.begin);
    trip.people = 500;
    all.app.put(&all.served, &format!("/v1/trips/{crowd}"), &json!(trip)).await;
    let count = all.count(AE, 60);
    assert_eq!((count.people, count.beyond_party, count.trips), (20, 483, 2));
}

#[tokio::test]
async fn whatever_is_said_on_one_device_counts_as_a_party_and_no_more() {
    let all = Counted::new().await;
    let app = App::register(&all.served).await;
    let id = CheckInId::random(&mut rand::rng());
    let word = json!({ "version": 1, "people": { "need_help": 500 }, "country": "AE", "at": all.at(50) });
    app.put(&all.served, &format!("/v1/check-ins/{id}"), &word).await;
    let count = all.count(AE, 60);
    assert_eq!((count.need_help, count.need_help_without_trip, count.beyond_party), (20, 20, 480));
    assert_eq!(count.people, 3 + 20);
}

#[tokio::test]
async fn who_asks_for_help_beyond_a_party_is_beside_the_total_and_not_lost() {
    let all = Counted::new().await;
    let id = CheckInId::random(&mut rand::rng());
    let word = json!({ "version": 1, "people": { "need_help": 40 }, "country": "AE", "at": all.at(50) });
    all.app.put(&all.served, &format!("/v1/check-ins/{id}"), &word).await;
    let count = all.count(AE, 60);
    assert_eq!((count.people, count.need_help, count.beyond_party), (3, 20, 20));
}

#[tokio::test]
async fn who_is_stranded_without_an_end_is_counted_there_until_a_word_of_theirs_says_otherwise() {
    let all = Counted::new().await;
    let mut trip = json!(all.app.trip(all.trip, 2, all.begin));
    let stranded = trip["legs"][0].as_object_mut().unwrap();
    stranded.remove("until");
    trip["legs"] = json!([stranded]);
    all.app.put(&all.served, &format!("/v1/trips/{}", all.trip), &trip).await;
    assert_eq!(all.numbers(DOH, 8), (3, 1, 0));
    assert_eq!(all.numbers(DOH, 24 * 30), (3, 1, 0));
    assert_eq!(all.numbers(AE, 60), (0, 0, 0), "they never came there");
    assert_eq!(all.numbers(DOH, 6 + 24 * 90), (0, 0, 0), "ninety days at most");
    all.check_in("left", 48).await;
    assert_eq!(all.numbers(DOH, 24 * 30), (0, 0, 0));
}
