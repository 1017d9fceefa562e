//! Who sends a push (RFC 8292): a browser takes those of this key alone, and its push service knows whom it may ask.

use std::{io, path::Path};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD as B64};
use jiff::{SignedDuration, Timestamp};
use rand::CryptoRng;
use serde_json::json;
use url::Url;
use web_push_native::p256::ecdsa::{Signature, SigningKey, signature::Signer};

use crate::files;

/// A push service takes no longer one than a day; a push is carried within minutes.
const HOLDS: SignedDuration = SignedDuration::from_hours(1);

pub struct VapidKey(SigningKey);

impl VapidKey {
    /// The key in a file, which is made where it is not there.
    ///
    /// # Errors
    /// It cannot be read or written, or is no key of P-256.
    pub fn of_file(path: &Path, rng: &mut impl CryptoRng) -> io::Result<Self> {
        let secret = files::kept_secret(path, rng)?;
        let key = SigningKey::from_slice(&*secret);
        key.map(Self).map_err(|_| io::Error::new(io::ErrorKind::InvalidData, "not a key of P-256"))
    }

    /// As a browser is told whose pushes to take: the point, uncompressed, base64url.
    pub fn public(&self) -> String {
        B64.encode(self.0.verifying_key().to_encoded_point(false))
    }

    /// The header by which the service at `endpoint` knows us; it is good there alone. `contact`: whom it may ask.
    pub fn authorization(&self, endpoint: &Url, contact: &str, now: Timestamp) -> String {
        let audience = endpoint.origin().ascii_serialization();
        let claims = json!({ "aud": audience, "exp": (now + HOLDS).as_second(), "sub": contact });
        let head = json!({ "typ": "JWT", "alg": "ES256" });
        let said = [head, claims].map(|part| B64.encode(part.to_string())).join(".");
        let signature: Signature = self.0.sign(said.as_bytes());
        format!("vapid t={said}.{}, k={}", B64.encode(signature.to_bytes()), self.public())
    }
}
