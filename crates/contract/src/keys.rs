//! Key sets: which key may sign what, and where; numbered, and signed by the roots in a chain.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD as B64};
use ed25519_dalek::VerifyingKey;
use serde::{Deserialize, Serialize};

use crate::{
    entry::Entry,
    ids::KeyId,
    jws::{self, Document, Jws, Purpose, Refusal, Verified},
    log::{Head, Watermark},
    open_enum::open_enum,
};

open_enum! {
    /// What a key is for.
    pub enum Role {
        /// Signs entries; held by the desk.
        Publish,
        /// Signs heads; held by the front.
        Head,
        /// Signs watermarks; held by the desk.
        Watermark,
        /// Opens what travellers sealed; held by the desk. An X25519 key.
        Consular,
        /// Opens what came by coded SMS; held by the desk. An X25519 key.
        Gateway,
    }
    /// Signs nothing, and nothing is sealed to it.
    other
}

/// Log positions from the first to the last, both among them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Positions {
    /// The first `seq`.
    pub from: u64,
    /// Open where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<u64>,
}

impl Positions {
    /// From the beginning, without an end.
    pub const ALL: Self = Self { from: 0, until: None };

    fn contains(self, seq: u64) -> bool {
        self.from <= seq && self.until.is_none_or(|last| seq <= last)
    }
}

/// A public key, its role, and the log positions at which it holds. Never dates: a log has no clock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct NamedKey {
    /// Its name in a JWS header.
    pub kid: KeyId,
    /// What it may sign or open.
    pub role: Role,
    /// Ed25519 or X25519, 32 bytes, base64url.
    pub public: String,
    /// Where what it signed counts.
    pub valid: Vec<Positions>,
    /// Where it does not after all: the key was in other hands.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub void: Vec<Positions>,
}

impl NamedKey {
    /// Neither ended nor voided anywhere: what it signs counts even where nobody can say at which position.
    pub fn is_open(&self) -> bool {
        self.void.is_empty() && self.valid.iter().any(|positions| positions.until.is_none())
    }

    fn check_at(&self, seq: u64) -> Result<(), Refusal> {
        if self.void.iter().any(|positions| positions.contains(seq)) {
            return Err(Refusal::VoidedKey);
        }
        if !self.valid.iter().any(|positions| positions.contains(seq)) {
            return Err(Refusal::OutsideKeyRange);
        }
        Ok(())
    }
}

/// The payload of `keys/{n}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct KeySet {
    /// 1 for the first; each follows the one before.
    pub number: u32,
    /// Who signs this set, and with the set before's, the next.
    pub roots: Roots,
    /// Every key that was ever named, with where it counts.
    pub keys: Vec<NamedKey>,
}

impl KeySet {
    /// The key of a role that is in use: the newest without end or void, or the last of all where each has one.
    pub fn in_use(&self, role: Role) -> Option<&NamedKey> {
        let mut of_role = self.keys.iter().rev().filter(|key| key.role == role);
        of_role.clone().find(|key| key.is_open()).or_else(|| of_role.next())
    }
}

impl Document for KeySet {
    const PURPOSE: Purpose = Purpose::Keys;

    fn read(payload: &str) -> Result<Self, Refusal> {
        jws::read_payload(payload)
    }
}

/// The keys that sign key sets, and how many of them must.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Roots {
    /// How many different keys must sign; never 0.
    pub threshold: usize,
    /// Those of whom so many must.
    pub keys: Vec<RootKey>,
}

/// A root's public key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct RootKey {
    /// Its name in a JWS header.
    pub kid: KeyId,
    /// Ed25519, 32 bytes, base64url.
    pub public: String,
}

/// Reads 32 bytes of base64url.
pub fn key_bytes(text: &str) -> Option<[u8; 32]> {
    B64.decode(text).ok()?.try_into().ok()
}

/// Writes 32 bytes as base64url.
pub fn key_text(bytes: &[u8; 32]) -> String {
    B64.encode(bytes)
}

/// Whether an X25519 public key shares a secret with anybody: a point of low order gives all the same nothing.
pub fn gives_a_secret(public: &[u8; 32]) -> bool {
    x25519_dalek::x25519([1; 32], *public) != [0; 32]
}

fn verifying_key(text: &str) -> Option<VerifyingKey> {
    VerifyingKey::from_bytes(&key_bytes(text)?).ok()
}

impl Roots {
    /// Verifies key set 1, as root 0 in a profile does.
    ///
    /// # Errors
    /// See [`Verified::verify_next`].
    pub fn verify_first(&self, document: &str) -> Result<Verified<KeySet>, Refusal> {
        self.verify_number(1, document)
    }

    /// Verifies the sets 1, 2, … in turn; answers the newest.
    ///
    /// # Errors
    /// The first set that does not follow; [`Refusal::UnknownKey`] where there is none at all.
    pub fn verify_chain<'a>(&self, documents: impl IntoIterator<Item = &'a str>) -> Result<Verified<KeySet>, Refusal> {
        let mut documents = documents.into_iter();
        let mut newest = self.verify_first(documents.next().ok_or(Refusal::UnknownKey)?)?;
        for document in documents {
            newest = newest.verify_next(document)?;
        }
        Ok(newest)
    }

    /// Signed by the threshold of these roots, and by that of the set's own.
    fn verify_number(&self, number: u32, document: &str) -> Result<Verified<KeySet>, Refusal> {
        let set = self.verify_threshold(document)?;
        if set.number != number {
            return Err(Refusal::NotTheNextKeySet);
        }
        set.roots.verify_threshold(document)?;
        Ok(set)
    }

    fn verify_threshold(&self, document: &str) -> Result<Verified<KeySet>, Refusal> {
        jws::verify_by_threshold(document, self.threshold, |kid| {
            verifying_key(&self.keys.iter().find(|root| root.kid == *kid)?.public)
        })
    }
}

/// How an entry came, as far as its key's ranges go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Carried {
    /// By QR code, push or file: nothing says where in the log it stands.
    Alone,
    /// In a frame or snapshot line.
    At {
        /// Its position in the log.
        seq: u64,
        /// A watermark covers that position.
        confirmed: bool,
    },
}

impl Verified<KeySet> {
    /// Verifies the set that follows this one: by the thresholds of these roots and of its own.
    ///
    /// # Errors
    /// [`Refusal::ThresholdNotMet`], [`Refusal::NotTheNextKeySet`], and whatever else does not hold.
    pub fn verify_next(&self, document: &str) -> Result<Verified<KeySet>, Refusal> {
        let next = self.number.checked_add(1).ok_or(Refusal::NotTheNextKeySet)?;
        self.roots.verify_number(next, document)
    }

    /// Verifies an entry: signature, then its key's ranges at where it stands.
    ///
    /// # Errors
    /// The first thing that does not hold.
    pub fn entry(&self, jws: &Jws, carried: Carried) -> Result<Verified<Entry>, Refusal> {
        let (entry, key) = self.signed(jws, Role::Publish)?;
        match carried {
            Carried::Alone if key.is_open() => {}
            Carried::Alone => return Err(Refusal::NotConfirmed),
            Carried::At { seq, confirmed } => {
                key.check_at(seq)?;
                // whoever stole an ended key could claim any old position
                if !confirmed && !key.is_open() {
                    return Err(Refusal::NotConfirmed);
                }
            }
        }
        Ok(entry)
    }

    /// Verifies an entry of the log where it stands there, which the ministry has confirmed.
    ///
    /// # Errors
    /// The first thing that does not hold.
    pub fn entry_at(&self, seq: u64, jws: &Jws) -> Result<Verified<Entry>, Refusal> {
        self.entry(jws, Carried::At { seq, confirmed: true })
    }

    /// Verifies a head's signature and key; its times and place are the log's to judge.
    ///
    /// # Errors
    /// The first thing that does not hold.
    pub fn head(&self, compact: &str) -> Result<Verified<Head>, Refusal> {
        let (head, key) = self.signed::<Head>(&compact.parse()?, Role::Head)?;
        key.check_at(head.seq)?;
        Ok(head)
    }

    /// Verifies a watermark's signature and key.
    ///
    /// # Errors
    /// The first thing that does not hold.
    pub fn watermark(&self, compact: &str) -> Result<Verified<Watermark>, Refusal> {
        let (watermark, key) = self.signed::<Watermark>(&compact.parse()?, Role::Watermark)?;
        key.check_at(watermark.seq)?;
        Ok(watermark)
    }

    /// The key to seal to: the newest consular key that has not ended.
    pub fn consular(&self) -> Option<(&KeyId, [u8; 32])> {
        self.sealed_to(Role::Consular)
    }

    /// The key that coded SMS are sealed to: the newest gateway key that has not ended.
    pub fn gateway(&self) -> Option<[u8; 32]> {
        self.sealed_to(Role::Gateway).map(|(_, key)| key)
    }

    fn sealed_to(&self, role: Role) -> Option<(&KeyId, [u8; 32])> {
        let key = self.in_use(role).filter(|key| key.is_open())?;
        Some((&key.kid, key_bytes(&key.public)?))
    }

    /// A consular key by its name, to believe what it sealed. One that has ended was good until then; one that was in
    /// other hands is believed nowhere: a letter has no position in the log.
    pub fn consular_named(&self, kid: &KeyId) -> Option<[u8; 32]> {
        let named = |key: &&NamedKey| key.role == Role::Consular && key.kid == *kid && key.void.is_empty();
        key_bytes(&self.keys.iter().find(named)?.public)
    }

    fn signed<T: Document>(&self, jws: &Jws, role: Role) -> Result<(Verified<T>, &NamedKey), Refusal> {
        let mut named = None;
        let verified = jws.verify(|kid| {
            named = self.keys.iter().find(|key| key.kid == *kid && key.role == role);
            verifying_key(&named?.public)
        })?;
        Ok((verified, named.ok_or(Refusal::UnknownKey)?))
    }
}
