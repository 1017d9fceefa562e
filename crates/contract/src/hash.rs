//! SHA-256, as it stands on the wire.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD as B64};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// SHA-256 of some bytes; base64url without padding on the wire.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, std::hash::Hash, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema,
)]
#[serde(try_from = "String", into = "String")]
#[schema(value_type = String, min_length = 43, max_length = 43)]
pub struct Hash([u8; 32]);

impl Hash {
    /// 32 zero bytes: what the first frame names as the one before it.
    pub const ZERO: Self = Self([0; 32]);

    /// SHA-256 of `bytes`.
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }
}

/// SHA-256 of bytes that come in parts.
#[derive(Debug, Default, Clone)]
pub struct Hashing(Sha256);

impl Hashing {
    /// The next part.
    pub fn take(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// Of all that was taken.
    pub fn done(self) -> Hash {
        Hash(self.0.finalize().into())
    }
}

/// In hexadecimal, as `sha256sum` says it.
impl std::fmt::LowerHex for Hash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
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

impl std::str::FromStr for Hash {
    type Err = InvalidHash;

    fn from_str(text: &str) -> Result<Self, InvalidHash> {
        let bytes = B64.decode(text).map_err(|_| InvalidHash)?;
        bytes.try_into().map(Self).map_err(|_| InvalidHash)
    }
}

impl TryFrom<String> for Hash {
    type Error = InvalidHash;

    fn try_from(text: String) -> Result<Self, InvalidHash> {
        text.parse()
    }
}

/// Not 43 letters of base64url without padding.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("not 32 bytes of base64url")]
pub struct InvalidHash;
