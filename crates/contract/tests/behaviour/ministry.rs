//! The kit's ministry with a publishing key that counts in a part of the log only, and documents that nobody signed.

use std::sync::LazyLock;

use contract::{
    entry::{Body, Entry, level::Level},
    hash::Hash,
    jws::{Jws, Signatory, Verified},
    keys::{KeySet, Role},
    log::{Frame, Head, LogPosition, SnapshotName, Watermark},
    words::Words,
};
use jiff::SignedDuration;
use testkit::{Ministry, at, country, named, signatory};

static MINISTRY: LazyLock<Ministry> = LazyLock::new(|| Ministry::new(0));

/// A key set whose publishing key counts for 5 to 9, and which names one more key that seals.
pub fn keys() -> &'static Verified<KeySet> {
    static KEYS: LazyLock<Verified<KeySet>> = LazyLock::new(|| {
        let mut keys = MINISTRY.named_keys();
        keys[0] = named(publisher(), Role::Publish, 5, Some(9));
        keys.push(named(&signatory("sealing", 4), Role::Consular, 0, None));
        MINISTRY.roots().verify_first(&MINISTRY.key_set_of(1, keys)).unwrap()
    });
    &KEYS
}

pub fn publisher() -> &'static Signatory {
    &MINISTRY.publisher
}

pub fn header() -> &'static Signatory {
    &MINISTRY.header
}

/// Who signs watermarks.
pub fn desk() -> &'static Signatory {
    &MINISTRY.desk
}

pub fn entry(id: &str, version: u32) -> Entry {
    let level = Level {
        country: country("AE"),
        level: 3,
        since: at("2026-02-28T09:00:00Z"),
        why: Words::new("Әуе кеңістігі жабық.", "Воздушное пространство закрыто.", "The airspace is closed."),
    };
    testkit::entry(id, version, Body::Level(level))
}

pub fn head(seq: u64, hash: Hash, issued_at: &str, expires_at: &str) -> Head {
    Head { seq, hash, keys: 1, issued_at: at(issued_at), expires_at: at(expires_at) }
}

pub fn signed_head(head: &Head) -> Verified<Head> {
    keys().head(&header().sign(head).unwrap().compact()).unwrap()
}

/// A watermark of one day whose snapshot is of the same place.
pub fn watermark(seq: u64, hash: Hash, issued_at: &str) -> Watermark {
    let issued_at = at(issued_at);
    let expires_at = issued_at + SignedDuration::from_hours(24);
    Watermark { seq, hash, snapshot: SnapshotName { seq, hash: Hash::of(b"") }, keys: 1, issued_at, expires_at }
}

pub fn signed_watermark(watermark: &Watermark) -> Verified<Watermark> {
    keys().watermark(&desk().sign(watermark).unwrap().compact()).unwrap()
}

/// What nobody signed, in the form of a signed document.
pub fn unsigned(payload: &str) -> Jws {
    Jws { protected: "protected".into(), signature: "signature".into(), payload: payload.into() }
}

/// A log of `count` frames and the position after each.
pub fn log(count: usize) -> (Vec<Frame>, Vec<LogPosition>) {
    let mut ministry = Ministry::new(0);
    let append = |index| {
        let frame = ministry.append(unsigned(&format!("number {index}")));
        (frame, ministry.position)
    };
    (0..count).map(append).unzip()
}
