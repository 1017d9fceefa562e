//! What stands in a snapshot, by a log made for it.

use contract::{
    entry::Entry,
    hash::Hash,
    jws::{Document, Verified},
    keys::{KeySet, Positions},
    log::Frame,
};
use jiff::{SignedDuration, Timestamp};
use ministry::log::living;
use serde_json::{Value, json};
use testkit::Ministry;

/// A key set whose publishing key is void at some positions.
fn keys(void: Vec<Positions>) -> Verified<KeySet> {
    let ministry = Ministry::new(0);
    let mut keys = ministry.named_keys();
    keys[0].void = void;
    ministry.roots().verify_first(&ministry.key_set_of(1, keys)).unwrap()
}

fn day(days: i64) -> Timestamp {
    "2026-03-01T00:00:00Z".parse::<Timestamp>().unwrap() + SignedDuration::from_hours(24 * days)
}

fn advisory(id: &str, version: u32, kind: &str, issued: i64, expires: i64) -> Value {
    let body = json!({
        "message_type": kind, "severity": "severe", "urgency": "immediate", "certainty": "observed",
        "effective": day(issued), "expires": day(expires), "areas": [{ "country": "AE" }], "texts": {},
    });
    json!({ "id": id, "version": version, "kind": "advisory", "issued_at": day(issued), "body": body })
}

fn log(payloads: &[Value]) -> Vec<Frame> {
    let mut ministry = Ministry::new(0);
    payloads.iter().map(|payload| ministry.publish_json(payload)).collect()
}

/// `id version` of what stands in the snapshot on a day.
fn stands(frames: &[Frame], keys: &Verified<KeySet>, on: i64) -> Vec<String> {
    let lines = living(frames, keys, day(on)).unwrap();
    let named = |entry: Entry| format!("{} {}", entry.id, entry.version);
    lines.iter().map(|line| named(Entry::read(&line.entry.payload).unwrap())).collect()
}

#[test]
fn what_has_expired_leaves_and_an_end_stays_for_thirty_days_and_as_long_as_what_it_ends() {
    let frames = log(&[
        advisory("a", 1, "alert", 0, 2),
        advisory("b", 1, "alert", 0, 5),
        advisory("b", 2, "cancel", 1, 2),
        advisory("c", 1, "alert", 0, 90),
        advisory("c", 2, "cancel", 1, 2),
    ]);
    let keys = keys(Vec::new());
    assert_eq!(stands(&frames, &keys, 1), ["a 1", "b 2", "c 2"]);
    assert_eq!(stands(&frames, &keys, 2), ["b 2", "c 2"], "from its very end");
    assert_eq!(stands(&frames, &keys, 30), ["b 2", "c 2"]);
    assert_eq!(stands(&frames, &keys, 31), ["c 2"], "thirty days after it was said");
    assert_eq!(stands(&frames, &keys, 89), ["c 2"], "who was offline would still be warned");
    assert_eq!(stands(&frames, &keys, 90), [""; 0]);
}

#[test]
fn what_a_voided_key_signed_is_as_if_never_said_and_an_unknown_kind_stays() {
    let unknown = json!({ "id": "u", "version": 1, "kind": "of-tomorrow", "issued_at": day(0), "body": {} });
    let frames = log(&[
        advisory("a", 1, "alert", 0, 90),
        unknown,
        advisory("a", 2, "cancel", 1, 2),
        advisory("x", 1, "alert", 1, 9),
    ]);
    assert_eq!(stands(&frames, &keys(Vec::new()), 3), ["u 1", "a 2", "x 1"]);
    let void = vec![Positions { from: 3, until: Some(4) }];
    assert_eq!(stands(&frames, &keys(void), 3), ["a 1", "u 1"], "the version before shows again");
}

#[test]
fn what_no_key_of_the_ministry_signed_is_an_error() {
    let mut frames = log(&[advisory("a", 1, "alert", 0, 90)]);
    frames[0].entry.payload = frames[0].entry.payload.replace("severe", "minor!");
    assert!(living(&frames, &keys(Vec::new()), day(1)).is_err());
    assert_ne!(frames[0].hash(), Hash::ZERO);
}
