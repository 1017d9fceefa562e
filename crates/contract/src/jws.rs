//! Compact and JSON JWS (RFC 7515) with EdDSA (RFC 8037), verified strictly.
//!
//! [`Verified`] can only be made here, by a signature that held; it is not `Deserialize`,
//! so nothing unverified can be turned into it.

use std::ops::Deref;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD as B64};
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::ids::KeyId;

/// The largest signed document anybody reads, in bytes.
pub const MAX_BYTES: usize = 256 * 1024;

/// What a signature is for. It stands in the protected header, so a head never passes for an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Purpose {
    #[serde(rename = "saparlas-entry")]
    Entry,
    #[serde(rename = "saparlas-head")]
    Head,
    #[serde(rename = "saparlas-keys")]
    Keys,
}

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
    #[error("larger than {MAX_BYTES} bytes")]
    TooLarge,
    #[error("not a signed document of this kind")]
    Malformed,
    #[error("signed by a key the ministry did not name for this")]
    UnknownKey,
    #[error("the signature does not hold")]
    BadSignature,
    #[error("signed outside the key's range")]
    OutsideKeyRange,
    #[error("fewer root signatures than the threshold")]
    ThresholdNotMet,
    #[error("a lower version than the one already held")]
    LowerVersion,
    #[error("two documents for one place")]
    Conflict,
    #[error("older than the head already held")]
    OlderHead,
    #[error("a head outside its time")]
    ExpiredHead,
    #[error("a frame that does not follow the one before")]
    BrokenChain,
    #[error("a snapshot that is not the one its head names")]
    WrongSnapshot,
}

/// A value whose signature held.
#[derive(Debug, Clone, PartialEq)]
pub struct Verified<T>(T);

impl<T> Verified<T> {
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

/// A private signing key and its name.
pub struct Signatory {
    pub kid: KeyId,
    pub key: SigningKey,
}

impl Signatory {
    fn protected(&self, purpose: Purpose) -> Result<String, serde_json::Error> {
        let header = Header { alg: "EdDSA".into(), kid: self.kid.clone(), typ: purpose };
        Ok(B64.encode(serde_json::to_vec(&header)?))
    }

    fn signature(&self, protected: &str, payload: &str) -> String {
        B64.encode(self.key.sign(format!("{protected}.{payload}").as_bytes()).to_bytes())
    }

    /// A compact JWS over the JSON of `value`.
    pub fn sign(&self, purpose: Purpose, value: &impl Serialize) -> Result<String, serde_json::Error> {
        let protected = self.protected(purpose)?;
        let payload = B64.encode(serde_json::to_vec(value)?);
        let signature = self.signature(&protected, &payload);
        Ok(format!("{protected}.{payload}.{signature}"))
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

fn read_payload<T: DeserializeOwned>(payload: &str) -> Result<T, Refusal> {
    let payload = B64.decode(payload).map_err(|_| Refusal::Malformed)?;
    serde_json::from_slice(&payload).map_err(|_| Refusal::Malformed)
}

/// Verifies a compact JWS, in this order: size, known key, signature; only then is the payload read.
pub fn verify<T: DeserializeOwned>(
    jws: &str,
    purpose: Purpose,
    key_named: impl FnOnce(&KeyId) -> Option<VerifyingKey>,
) -> Result<Verified<T>, Refusal> {
    if jws.len() > MAX_BYTES {
        return Err(Refusal::TooLarge);
    }
    let mut parts = jws.split('.');
    let (Some(protected), Some(payload), Some(signature), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Err(Refusal::Malformed);
    };
    let key = key_named(&check_header(protected, purpose)?).ok_or(Refusal::UnknownKey)?;
    check_signature(&key, protected, payload, signature)?;
    read_payload(payload).map(Verified)
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

/// Signs `value` by each of `signatories`, in JSON form.
pub fn sign_by_all(
    signatories: &[Signatory],
    purpose: Purpose,
    value: &impl Serialize,
) -> Result<String, serde_json::Error> {
    let payload = B64.encode(serde_json::to_vec(value)?);
    let signatures = signatories
        .iter()
        .map(|signatory| {
            let protected = signatory.protected(purpose)?;
            let signature = signatory.signature(&protected, &payload);
            Ok(GeneralSignature { protected, signature })
        })
        .collect::<Result<_, serde_json::Error>>()?;
    serde_json::to_string(&General { payload, signatures })
}

/// Verifies that at least `threshold` of the named keys signed. Signatures of unknown keys do not count;
/// one key counts once; a known key's signature that does not hold refuses the whole.
pub fn verify_by_threshold<T: DeserializeOwned>(
    document: &str,
    purpose: Purpose,
    threshold: usize,
    key_named: impl Fn(&KeyId) -> Option<VerifyingKey>,
) -> Result<Verified<T>, Refusal> {
    if document.len() > MAX_BYTES {
        return Err(Refusal::TooLarge);
    }
    let general: General = serde_json::from_str(document).map_err(|_| Refusal::Malformed)?;
    let mut signers: Vec<VerifyingKey> = Vec::new();
    for one in &general.signatures {
        let kid = check_header(&one.protected, purpose)?;
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
    read_payload(&general.payload).map(Verified)
}

#[cfg(test)]
mod tests;
