//! Signing: the ministry's side only, behind the feature `sign`.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD as B64};
use ed25519_dalek::{Signer, SigningKey};
use serde::Serialize;

use super::{Document, General, GeneralSignature, Header, Jws, Purpose};
use crate::ids::KeyId;

/// A private signing key and its name.
pub struct Signatory {
    /// The name a key set knows it by.
    pub kid: KeyId,
    /// Ed25519.
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

    /// Signs the JSON of `document`.
    ///
    /// # Errors
    /// Where it cannot be written as JSON: an entry that was not understood.
    pub fn sign<T: Document + Serialize>(&self, document: &T) -> Result<Jws, serde_json::Error> {
        self.sign_text(T::PURPOSE, serde_json::to_string(document)?)
    }

    /// Signs a payload as it stands.
    ///
    /// # Errors
    /// Never in practice: the header is plain JSON.
    pub fn sign_text(&self, purpose: Purpose, payload: String) -> Result<Jws, serde_json::Error> {
        let protected = self.protected(purpose)?;
        let signature = self.signature(&protected, &B64.encode(&payload));
        Ok(Jws { protected, signature, payload })
    }
}

/// Signs `document` by each of `signatories`, in JSON form.
///
/// # Errors
/// Where it cannot be written as JSON.
pub fn sign_by_all<T: Document + Serialize>(
    signatories: &[Signatory],
    document: &T,
) -> Result<String, serde_json::Error> {
    let payload = B64.encode(serde_json::to_vec(document)?);
    let signatures = signatories
        .iter()
        .map(|signatory| {
            let protected = signatory.protected(T::PURPOSE)?;
            let signature = signatory.signature(&protected, &payload);
            Ok(GeneralSignature { protected, signature })
        })
        .collect::<Result<_, serde_json::Error>>()?;
    serde_json::to_string(&General { payload, signatures })
}
