//! The log: frames chained by hash, a head over the newest, a snapshot of what lives.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD as B64};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::jws::{Refusal, Verified};

/// `prev` of the first frame: 32 zero bytes.
pub const GENESIS: Hash = Hash([0; 32]);

/// How many frames a page holds. Page `k` holds `k * PAGE + 1 ..= (k + 1) * PAGE`.
pub const PAGE: u64 = 64;

/// SHA-256; base64url on the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Hash([u8; 32]);

impl Hash {
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }
}

impl std::fmt::Display for Hash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&B64.encode(self.0))
    }
}

impl From<Hash> for String {
    fn from(hash: Hash) -> Self {
        hash.to_string()
    }
}

impl TryFrom<String> for Hash {
    type Error = &'static str;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        let bytes = B64.decode(text).map_err(|_| "not base64url")?;
        bytes.try_into().map(Self).map_err(|_| "not 32 bytes")
    }
}

/// An entry in its place in the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Frame {
    /// From 1, without gaps.
    pub seq: u64,
    pub prev: Hash,
    /// A compact JWS.
    pub entry: String,
}

impl Frame {
    /// SHA-256 over `seq "." prev "." entry`: the same whatever JSON carried it.
    pub fn hash(&self) -> Hash {
        Hash::of(format!("{}.{}.{}", self.seq, self.prev, self.entry).as_bytes())
    }
}

/// The signed statement of the newest frame.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Head {
    pub seq: u64,
    /// Hash of frame `seq`; [`GENESIS`] where `seq` is 0.
    pub hash: Hash,
    pub issued_at: Timestamp,
    pub expires_at: Timestamp,
    /// SHA-256 of the snapshot of the live entries at `seq`.
    pub snapshot: Hash,
}

/// How far a device has the log: everything up to `seq`, whose frame hashes to `hash`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    pub seq: u64,
    pub hash: Hash,
}

impl Default for Place {
    fn default() -> Self {
        Self { seq: 0, hash: GENESIS }
    }
}

impl Place {
    /// The place after `frame`, which must follow this one.
    pub fn after(self, frame: &Frame) -> Result<Self, Refusal> {
        if self.seq.checked_add(1) == Some(frame.seq) && frame.prev == self.hash {
            Ok(Self { seq: frame.seq, hash: frame.hash() })
        } else {
            Err(Refusal::BrokenChain)
        }
    }
}

/// A head lives for a day; one that claims more was not signed in good order.
const LONGEST_LIFE: SignedDuration = SignedDuration::from_hours(25);
/// How far a head may be ahead of the device's clock.
const AHEAD: SignedDuration = SignedDuration::from_hours(24);

impl Head {
    /// Whether its times can be right at all: neither from tomorrow nor for years.
    fn is_plausible(&self, now: Timestamp) -> bool {
        self.issued_at.duration_since(now) <= AHEAD && self.expires_at.duration_since(self.issued_at) <= LONGEST_LIFE
    }
}

/// Judges whether `new` may follow the `held` head: it never goes back, and one outside its time advances nothing.
/// A held head whose times cannot be right stands in nobody's way.
pub fn check_head(held: Option<&Verified<Head>>, new: &Verified<Head>, now: Timestamp) -> Result<(), Refusal> {
    if let Some(held) = held.filter(|held| held.is_plausible(now)) {
        if new.seq < held.seq || new.issued_at < held.issued_at {
            return Err(Refusal::OlderHead);
        }
        if new.seq == held.seq && new.hash != held.hash {
            return Err(Refusal::Conflict);
        }
    }
    if new.expires_at <= now || new.expires_at <= new.issued_at || !new.is_plausible(now) {
        return Err(Refusal::ExpiredHead);
    }
    Ok(())
}

/// The snapshot's bytes: the live entries' JWS, one a line, in the order of the log.
pub fn snapshot_bytes<'a>(entries: impl IntoIterator<Item = &'a str>) -> Vec<u8> {
    let mut bytes = Vec::new();
    for entry in entries {
        bytes.extend_from_slice(entry.as_bytes());
        bytes.push(b'\n');
    }
    bytes
}
