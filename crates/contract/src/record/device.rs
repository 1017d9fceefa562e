//! One installation of the app.

use serde::{Deserialize, Serialize};

use super::{InvalidField, Kind, Record, check_version, require};
use crate::{hash::Hash, keys};

/// Body of `PUT /v1/devices/{id}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Device {
    /// Always 1.
    #[serde(default = "first")]
    #[schema(minimum = 1, maximum = 2147483647)]
    pub version: u32,
    /// SHA-256 of the device's token.
    pub token_hash: Hash,
    /// X25519 public key for messages sealed to this device, 32 bytes, base64url.
    #[schema(min_length = 43, max_length = 43)]
    pub public_key: String,
}

fn first() -> u32 {
    1
}

impl Record for Device {
    const KIND: Kind = Kind::Device;

    fn version(&self) -> u32 {
        self.version
    }

    fn check(&self) -> Result<(), InvalidField> {
        check_version(self.version)?;
        let key = keys::key_bytes(&self.public_key);
        require(key.is_some(), "/public_key", "not 32 bytes of base64url")?;
        require(
            key.is_some_and(|key| keys::gives_a_secret(&key)),
            "/public_key",
            "a key to which nothing can be sealed",
        )
    }
}
