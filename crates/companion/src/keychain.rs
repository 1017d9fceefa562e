//! Where the system keeps the key of what names people. The edge hands it in.

#![deny(missing_docs)]

use zeroize::Zeroize;

/// A key of this device. Its memory is cleared when it is dropped.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(pub [u8; 32]);

impl Drop for Secret {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

/// Where the system keeps one secret of this app for its user. Nothing here may ask the user anything, nor take more than
/// a moment: the first screen waits for it.
pub trait Keychain: Send + Sync {
    /// The secret; `None` where the keychain is open and holds none.
    ///
    /// # Errors
    /// It is not there, locked, or slow.
    fn read(&self) -> Result<Option<Secret>, NoKeychain>;

    /// Keeps a secret in the place of the one before.
    ///
    /// # Errors
    /// It is not there, locked, or slow.
    fn write(&self, secret: &Secret) -> Result<(), NoKeychain>;
}

/// Why the system's keychain cannot be used, in its own words. Where there is none at all it stands for that.
#[derive(Debug, thiserror::Error)]
#[error("no keychain: {0}")]
pub struct NoKeychain(pub String);

impl Keychain for NoKeychain {
    fn read(&self) -> Result<Option<Secret>, NoKeychain> {
        Err(Self(self.0.clone()))
    }

    fn write(&self, _: &Secret) -> Result<(), NoKeychain> {
        Err(Self(self.0.clone()))
    }
}
