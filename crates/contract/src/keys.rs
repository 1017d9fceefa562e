//! Key sets: which key may sign what, themselves signed by the roots.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD as B64};
use ed25519_dalek::VerifyingKey;
use serde::{Deserialize, Serialize};

use crate::{
    bulletin::Head,
    entry::Entry,
    ids::KeyId,
    jws::{self, Purpose, Refusal, Verified},
};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Signs entries; held by the desk.
    Publish,
    /// Signs heads; held by the front.
    Head,
    /// Opens what travellers sealed; held by the desk. An X25519 key.
    Consular,
}

/// A public key, its role and the log positions it is valid for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NamedKey {
    pub kid: KeyId,
    pub role: Role,
    /// Ed25519 or X25519, 32 bytes, base64url.
    pub public: String,
    /// The first `seq` it may sign.
    pub from_seq: u64,
    /// The last `seq` it may sign; open where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until_seq: Option<u64>,
}

/// The payload of `keys/{n}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct KeySet {
    pub number: u32,
    pub roots: Roots,
    pub keys: Vec<NamedKey>,
}

/// The keys that sign key sets, and how many of them must.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Roots {
    pub threshold: usize,
    pub keys: Vec<RootKey>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RootKey {
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

fn verifying_key(text: &str) -> Option<VerifyingKey> {
    VerifyingKey::from_bytes(&key_bytes(text)?).ok()
}

impl Roots {
    /// Verifies key set 1 against these roots (and against its own, which must be met too).
    pub fn verify(&self, document: &str) -> Result<Verified<KeySet>, Refusal> {
        let set = self.verify_threshold(document)?;
        if set.number != 1 {
            return Err(Refusal::OutsideKeyRange);
        }
        set.roots.verify_threshold(document)?;
        Ok(set)
    }

    fn verify_threshold(&self, document: &str) -> Result<Verified<KeySet>, Refusal> {
        jws::verify_by_threshold(document, Purpose::Keys, self.threshold, |kid| {
            verifying_key(&self.keys.iter().find(|root| root.kid == *kid)?.public)
        })
    }
}

impl Verified<KeySet> {
    /// Verifies an entry. `seq` is its place in the log where it came in a frame.
    pub fn entry(&self, jws: &str, seq: Option<u64>) -> Result<Verified<Entry>, Refusal> {
        self.signed(jws, Purpose::Entry, Role::Publish, seq)
    }

    /// Verifies a head's signature and key; its times and place are the log's to judge.
    pub fn head(&self, jws: &str) -> Result<Verified<Head>, Refusal> {
        let head: Verified<Head> = self.signed(jws, Purpose::Head, Role::Head, None)?;
        self.signed::<Head>(jws, Purpose::Head, Role::Head, Some(head.seq))
    }

    /// The key to seal to: the newest consular key.
    pub fn consular(&self) -> Option<(&KeyId, [u8; 32])> {
        let key = self.keys.iter().rev().find(|key| key.role == Role::Consular)?;
        Some((&key.kid, key_bytes(&key.public)?))
    }

    fn signed<T: serde::de::DeserializeOwned>(
        &self,
        jws: &str,
        purpose: Purpose,
        role: Role,
        seq: Option<u64>,
    ) -> Result<Verified<T>, Refusal> {
        let mut in_range = true;
        let verified = jws::verify(jws, purpose, |kid| {
            let key = self.keys.iter().find(|key| key.kid == *kid && key.role == role)?;
            in_range = seq.is_none_or(|seq| key.from_seq <= seq && key.until_seq.is_none_or(|last| seq <= last));
            verifying_key(&key.public)
        })?;
        if in_range { Ok(verified) } else { Err(Refusal::OutsideKeyRange) }
    }
}
