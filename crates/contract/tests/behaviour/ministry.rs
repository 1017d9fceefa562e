//! A ministry with keys of its own, made from fixed seeds.

use std::sync::LazyLock;

use contract::{
    entry::{Body, Entry, level::Level},
    hash::Hash,
    jws::{Jws, Signatory, Verified, sign_by_all},
    keys::{KeySet, NamedKey, Positions, Role, RootKey, Roots, key_text},
    log::{Frame, Head, LogPosition, SnapshotName, Watermark},
    words::Words,
};
use ed25519_dalek::SigningKey;
use jiff::Timestamp;

pub fn signatory(kid: &str, seed: u8) -> Signatory {
    Signatory { kid: kid.parse().unwrap(), key: SigningKey::from_bytes(&[seed; 32]) }
}

pub fn root_key(signatory: &Signatory) -> RootKey {
    RootKey { kid: signatory.kid.clone(), public: key_text(&signatory.key.verifying_key().to_bytes()) }
}

pub fn named(signatory: &Signatory, role: Role, from: u64, until: Option<u64>) -> NamedKey {
    let public = key_text(&signatory.key.verifying_key().to_bytes());
    NamedKey { kid: signatory.kid.clone(), role, public, valid: vec![Positions { from, until }], void: Vec::new() }
}

pub fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

pub fn roots(threshold: usize, signatories: &[Signatory]) -> Roots {
    Roots { threshold, keys: signatories.iter().map(root_key).collect() }
}

/// The key set of one root, a publishing key for 5 to 9, and a head key for all.
pub fn keys() -> &'static Verified<KeySet> {
    &KEYS
}

static KEYS: LazyLock<Verified<KeySet>> = LazyLock::new(|| {
    let root = [signatory("root-1", 1)];
    let set = KeySet {
        number: 1,
        roots: roots(1, &root),
        keys: vec![
            named(&publisher(), Role::Publish, 5, Some(9)),
            named(&header(), Role::Head, 0, None),
            named(&desk(), Role::Watermark, 0, None),
            NamedKey { kid: "sealing".parse().unwrap(), ..named(&signatory("sealing", 4), Role::Consular, 0, None) },
        ],
    };
    let document = sign_by_all(&root, &set).unwrap();
    roots(1, &root).verify_first(&document).unwrap()
});

pub fn publisher() -> Signatory {
    signatory("publish-1", 2)
}

pub fn header() -> Signatory {
    signatory("head-1", 3)
}

/// Who signs watermarks.
pub fn desk() -> Signatory {
    signatory("watermark-1", 5)
}

pub fn entry(id: &str, version: u32) -> Entry {
    let level = Level {
        country: "AE".parse().unwrap(),
        level: 3,
        since: at("2026-02-28T09:00:00Z"),
        why: Words::new("Әуе кеңістігі жабық.", "Воздушное пространство закрыто.", "The airspace is closed."),
    };
    Entry { id: id.parse().unwrap(), version, issued_at: at("2026-03-01T06:00:00Z"), body: Body::Level(level) }
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
    let expires_at = issued_at + jiff::SignedDuration::from_hours(24);
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
    let mut position = LogPosition::default();
    let (mut frames, mut positions) = (Vec::new(), Vec::new());
    for index in 0..count {
        let entry = unsigned(&format!("number {index}"));
        let frame = Frame { seq: position.seq + 1, prev: position.hash, entry };
        position = position.after(&frame).unwrap();
        frames.push(frame);
        positions.push(position);
    }
    (frames, positions)
}
