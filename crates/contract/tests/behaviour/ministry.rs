//! A ministry with keys of its own, made from fixed seeds.

use std::sync::LazyLock;

use contract::{
    advisory::Level,
    bulletin::{Frame, GENESIS, Hash, Head, Place},
    entry::{Body, Entry},
    jws::{Purpose, Signatory, Verified, sign_by_all},
    keys::{KeySet, NamedKey, Role, RootKey, Roots, key_text},
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

pub fn named(signatory: &Signatory, role: Role, from_seq: u64, until_seq: Option<u64>) -> NamedKey {
    let public = key_text(&signatory.key.verifying_key().to_bytes());
    NamedKey { kid: signatory.kid.clone(), role, public, from_seq, until_seq }
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
            NamedKey { kid: "sealing".parse().unwrap(), ..named(&signatory("sealing", 4), Role::Consular, 0, None) },
        ],
    };
    let document = sign_by_all(&root, Purpose::Keys, &set).unwrap();
    roots(1, &root).verify(&document).unwrap()
});

pub fn publisher() -> Signatory {
    signatory("publish-1", 2)
}

pub fn header() -> Signatory {
    signatory("head-1", 3)
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
    Head { seq, hash, issued_at: at(issued_at), expires_at: at(expires_at), snapshot: Hash::of(b"") }
}

pub fn signed_head(head: &Head) -> Verified<Head> {
    keys().head(&header().sign(Purpose::Head, head).unwrap()).unwrap()
}

/// A log of `count` frames and the place after each.
pub fn log(count: usize) -> (Vec<Frame>, Vec<Place>) {
    let mut place = Place { seq: 0, hash: GENESIS };
    let (mut frames, mut places) = (Vec::new(), Vec::new());
    for index in 0..count {
        let frame = Frame { seq: place.seq + 1, prev: place.hash, entry: format!("entry.number.{index}") };
        place = place.after(&frame).unwrap();
        frames.push(frame);
        places.push(place);
    }
    (frames, places)
}
