//! JWS (RFC 7515) with EdDSA (RFC 8037), verified strictly; payloads are read leniently.
//!
//! [`Verified`] can only be made here, by a signature that held; it is not `Deserialize`,
//! so nothing unverified can be turned into it.

use std::{fmt, ops::Deref, str::FromStr};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD as B64};
use ed25519_dalek::{Signature, VerifyingKey};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::ids::KeyId;

#[cfg(feature = "sign")]
mod sign;
#[cfg(feature = "sign")]
pub use sign::{Signatory, sign_by_all};

/// The largest signed document anybody reads, in bytes of its compact form.
pub const MAX_BYTES: usize = 256 * 1024;

/// The demands that a document's `must` may name and this reader fulfils; none has been made yet.
const UNDERSTOOD: &[&str] = &[];

/// What a signature is for. It stands in the protected header, so a head never passes for an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Purpose {
    /// An entry of the bulletin.
    #[serde(rename = "saparlas-entry")]
    Entry,
    /// A head.
    #[serde(rename = "saparlas-head")]
    Head,
    /// A watermark.
    #[serde(rename = "saparlas-watermark")]
    Watermark,
    /// A key set.
    #[serde(rename = "saparlas-keys")]
    Keys,
}

/// Strict, unlike payloads: three names and no other, each once.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Header {
    alg: String,
    kid: KeyId,
    typ: Purpose,
}

/// Why a signed document was not believed. The code is stable; it goes to the log and the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// Larger than [`MAX_BYTES`].
    #[error("larger than {MAX_BYTES} bytes")]
    TooLarge,
    /// No JWS, or one for another purpose.
    #[error("not a signed document of this kind")]
    Malformed,
    /// No key set names the key for this.
    #[error("signed by a key the ministry did not name for this")]
    UnknownKey,
    /// The signature is not over these bytes by that key.
    #[error("the signature does not hold")]
    BadSignature,
    /// It holds, and what it says has another shape.
    #[error("signed, but in a shape that this reader does not know")]
    Unreadable,
    /// It holds, and demands what this reader does not know (`must`).
    #[error("it demands something that this reader does not know: the app is too old")]
    AppTooOld,
    /// The key does not count at that position of the log.
    #[error("signed outside the key's range")]
    OutsideKeyRange,
    /// The ministry has taken back what the key signed there.
    #[error("signed by a key that the ministry has voided there")]
    VoidedKey,
    /// The key has ended, and no watermark covers the position.
    #[error("signed by a key that has ended, at a place that no watermark confirms")]
    NotConfirmed,
    /// Too few roots signed.
    #[error("fewer root signatures than the threshold")]
    ThresholdNotMet,
    /// Its number is not the held one + 1.
    #[error("not the next key set")]
    NotTheNextKeySet,
    /// An id never goes back to a lower version.
    #[error("a lower version than the one already held")]
    LowerVersion,
    /// The front takes only the held version + 1.
    #[error("a version further than the one after the one already held")]
    VersionSkipped,
    /// An id keeps its kind.
    #[error("another kind than its id has had")]
    KindChanged,
    /// Two texts for one `(id, version)` or one `seq`.
    #[error("two documents for one place")]
    Conflict,
    /// A rollback of the log.
    #[error("older than the head already held")]
    OlderHead,
    /// A freeze, or a head from the future.
    #[error("a head outside its time")]
    ExpiredHead,
    /// The watermark wins.
    #[error("a head that contradicts the ministry's watermark")]
    AgainstWatermark,
    /// A rollback of the watermark.
    #[error("older than the watermark already held")]
    OlderWatermark,
    /// `seq` or `prev` does not fit.
    #[error("a frame that does not follow the one before")]
    BrokenChain,
    /// Its bytes have another hash.
    #[error("a snapshot that is not the one its watermark names")]
    WrongSnapshot,
}

/// A payload that can be signed, and how it is read once its signature held.
pub trait Document: Sized {
    /// What stands in the header's `typ`.
    const PURPOSE: Purpose;

    /// Reads the payload: unknown fields are ignored, unknown demands (`must`) are not.
    ///
    /// # Errors
    /// [`Refusal::Unreadable`] or [`Refusal::AppTooOld`].
    fn read(payload: &str) -> Result<Self, Refusal>;
}

/// Whether this reader fulfils every demand.
pub(crate) fn understands(must: &[String]) -> bool {
    must.iter().all(|name| UNDERSTOOD.contains(&name.as_str()))
}

/// Reads a payload of one shape, and its demands first.
pub(crate) fn read_payload<T: DeserializeOwned>(payload: &str) -> Result<T, Refusal> {
    #[derive(Deserialize)]
    struct Demands {
        #[serde(default)]
        must: Vec<String>,
    }
    let demands: Demands = serde_json::from_str(payload).map_err(|_| Refusal::Unreadable)?;
    if !understands(&demands.must) {
        return Err(Refusal::AppTooOld);
    }
    serde_json::from_str(payload).map_err(|_| Refusal::Unreadable)
}

/// A value whose signature held.
#[derive(Debug, Clone, PartialEq)]
pub struct Verified<T>(T);

impl<T> Verified<T> {
    /// The value, no longer known to be signed.
    pub fn into_inner(self) -> T {
        self.0
    }
}

impl<T> Deref for Verified<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

/// A signed document as it is carried: its payload as the exact text that was signed. Nothing of it is believed yet.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Jws {
    /// The protected header, base64url.
    pub protected: String,
    /// Ed25519, 64 bytes, base64url.
    pub signature: String,
    /// JSON, to the letter: the signature is over its bytes.
    pub payload: String,
}

impl Jws {
    /// The name of the key that claims to have signed it.
    ///
    /// # Errors
    /// [`Refusal::Malformed`] where the header is not one for `purpose`.
    pub fn kid(&self, purpose: Purpose) -> Result<KeyId, Refusal> {
        check_header(&self.protected, purpose)
    }

    /// Verifies, in this order: size, known key, signature; only then is the payload read.
    ///
    /// # Errors
    /// The first of these that does not hold.
    pub fn verify<T: Document>(
        &self,
        key_named: impl FnOnce(&KeyId) -> Option<VerifyingKey>,
    ) -> Result<Verified<T>, Refusal> {
        if self.compact_len() > MAX_BYTES {
            return Err(Refusal::TooLarge);
        }
        let key = key_named(&self.kid(T::PURPOSE)?).ok_or(Refusal::UnknownKey)?;
        check_signature(&key, &self.protected, &B64.encode(&self.payload), &self.signature)?;
        T::read(&self.payload).map(Verified)
    }

    /// The compact form of RFC 7515, for a QR code and a file; a frame's hash is over it.
    pub fn compact(&self) -> String {
        format!("{}.{}.{}", self.protected, B64.encode(&self.payload), self.signature)
    }

    fn compact_len(&self) -> usize {
        let payload = (self.payload.len() * 4).div_ceil(3);
        self.protected.len() + payload + self.signature.len() + 2
    }
}

impl fmt::Display for Jws {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.compact())
    }
}

/// Reads the compact form.
impl FromStr for Jws {
    type Err = Refusal;

    fn from_str(compact: &str) -> Result<Self, Refusal> {
        if compact.len() > MAX_BYTES {
            return Err(Refusal::TooLarge);
        }
        let mut parts = compact.split('.');
        let (Some(protected), Some(payload), Some(signature), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(Refusal::Malformed);
        };
        let payload = B64.decode(payload).map_err(|_| Refusal::Malformed)?;
        let payload = String::from_utf8(payload).map_err(|_| Refusal::Malformed)?;
        Ok(Self { protected: protected.to_owned(), signature: signature.to_owned(), payload })
    }
}

fn check_header(protected: &str, purpose: Purpose) -> Result<KeyId, Refusal> {
    let header = B64.decode(protected).map_err(|_| Refusal::Malformed)?;
    let header: Header = serde_json::from_slice(&header).map_err(|_| Refusal::Malformed)?;
    if header.alg != "EdDSA" || header.typ != purpose {
        return Err(Refusal::Malformed);
    }
    Ok(header.kid)
}

fn check_signature(key: &VerifyingKey, protected: &str, payload: &str, signature: &str) -> Result<(), Refusal> {
    let signature = B64.decode(signature).map_err(|_| Refusal::Malformed)?;
    check_bytes(key, format!("{protected}.{payload}").as_bytes(), &signature)
}

fn check_bytes(key: &VerifyingKey, message: &[u8], signature: &[u8]) -> Result<(), Refusal> {
    let signature = Signature::from_slice(signature).map_err(|_| Refusal::Malformed)?;
    key.verify_strict(message, &signature).map_err(|_| Refusal::BadSignature)
}

/// A JWS in JSON form with several signatures (RFC 7515, 7.2.1).
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct General {
    payload: String,
    signatures: Vec<GeneralSignature>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct GeneralSignature {
    protected: String,
    signature: String,
}

/// Verifies that at least `threshold` of the named keys signed. Signatures of unknown keys do not count;
/// one key counts once; a known key's signature that does not hold refuses the whole.
///
/// # Errors
/// The first thing that does not hold.
pub fn verify_by_threshold<T: Document>(
    document: &str,
    threshold: usize,
    key_named: impl Fn(&KeyId) -> Option<VerifyingKey>,
) -> Result<Verified<T>, Refusal> {
    if document.len() > MAX_BYTES {
        return Err(Refusal::TooLarge);
    }
    let general: General = serde_json::from_str(document).map_err(|_| Refusal::Malformed)?;
    let mut signers: Vec<VerifyingKey> = Vec::new();
    for one in &general.signatures {
        let kid = check_header(&one.protected, T::PURPOSE)?;
        let Some(key) = key_named(&kid) else { continue };
        check_signature(&key, &one.protected, &general.payload, &one.signature)?;
        // by the key and not by its name: one key under two names is one signer
        if !signers.contains(&key) {
            signers.push(key);
        }
    }
    if threshold == 0 || signers.len() < threshold {
        return Err(Refusal::ThresholdNotMet);
    }
    let payload = B64.decode(&general.payload).map_err(|_| Refusal::Malformed)?;
    let payload = std::str::from_utf8(&payload).map_err(|_| Refusal::Malformed)?;
    T::read(payload).map(Verified)
}

#[cfg(test)]
mod tests;
