//! `DIR/front`: head keys, settings and the two databases. Nothing here can speak for the ministry.

use std::{
    fs::{File, TryLockError},
    net::SocketAddr,
    path::{Path, PathBuf},
};

use contract::{
    hash::Hash,
    ids::KeyId,
    jws::Signatory,
    keys::Roots,
    profile::Retention,
    words::{Tag, Words},
};
use ed25519_dalek::SigningKey;
use serde::{Deserialize, Serialize};

use url::Url;

use super::FrontError;
use crate::files;

/// `settings.json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    pub name: Words,
    pub demo: bool,
    pub languages: Vec<Tag>,
    /// Where the public asks.
    pub listen: SocketAddr,
    /// Where the desk asks.
    pub inside: SocketAddr,
    /// Where apps find the front.
    pub url: Url,
    /// Root 0.
    pub roots: Roots,
    /// SHA-256 of the credential by which the desk publishes.
    pub publish_credential_hash: Hash,
    /// SHA-256 of the credential by which the desk counts and reads records.
    pub read_credential_hash: Hash,
    /// `sender` of the CAP alerts that go out.
    pub cap_sender: String,
    /// How long each class of data is kept.
    pub retention: Retention,
}

impl Settings {
    /// # Errors
    /// They cannot be read, or are not what they should be.
    pub fn read(path: &Path) -> Result<Self, FrontError> {
        let what = "settings.json";
        let text = files::read_text(path).map_err(|source| FrontError::Read { what, source })?;
        serde_json::from_str(&text).map_err(|source| FrontError::Settings { what, source })
    }
}

/// The front's folder while one program alone works on it.
pub struct FolderLock(#[expect(dead_code, reason = "it is held, and never asked")] File);

pub struct Folder(PathBuf);

impl Folder {
    /// The front's folder in a ministry's.
    pub fn of(data: &Path) -> Self {
        Self(data.join("front"))
    }

    pub fn path(&self) -> &Path {
        &self.0
    }

    pub fn bulletin(&self) -> PathBuf {
        self.0.join("bulletin.db")
    }

    pub fn register(&self) -> PathBuf {
        self.0.join("register.db")
    }

    pub fn settings_path(&self) -> PathBuf {
        self.0.join("settings.json")
    }

    /// There while a copy is put back, until the front is whole again.
    pub fn restoring(&self) -> PathBuf {
        self.0.join("restoring")
    }

    /// # Errors
    /// A restore was cut short: what is here would be served as what it is not. Or it cannot be told.
    pub fn must_be_whole(&self) -> Result<(), FrontError> {
        match self.restoring().try_exists() {
            Ok(false) => Ok(()),
            Ok(true) => Err(FrontError::HalfRestored),
            Err(source) => Err(FrontError::Read { what: "restoring", source }),
        }
    }

    /// Keeps every other front and command out for as long as it is held.
    ///
    /// # Errors
    /// Somebody else holds it.
    pub fn lock(&self) -> Result<FolderLock, FrontError> {
        match files::lock(&self.0.join("lock")) {
            Ok(file) => Ok(FolderLock(file)),
            Err(TryLockError::WouldBlock) => Err(FrontError::Busy),
            Err(TryLockError::Error(source)) => Err(FrontError::Read { what: "lock", source }),
        }
    }

    /// Where a head key lies.
    pub fn head_key(&self, kid: &KeyId) -> PathBuf {
        self.0.join(format!("{kid}.key"))
    }

    /// # Errors
    /// It cannot be read, or is not what it should be.
    pub fn settings(&self) -> Result<Settings, FrontError> {
        Settings::read(&self.settings_path())
    }

    /// Every head key that is here; the newest key set says which one signs.
    ///
    /// # Errors
    /// One cannot be read.
    pub fn head_keys(&self) -> Result<Vec<Signatory>, FrontError> {
        let what = "a head key";
        let read = |source| FrontError::Read { what, source };
        let keys = files::keys_in(&self.0).map_err(read)?;
        let signatory = |(kid, path): (KeyId, PathBuf)| {
            let secret = files::read_secret(&path).map_err(read)?;
            Ok(Signatory { kid, key: SigningKey::from_bytes(&secret) })
        };
        keys.into_iter().map(signatory).collect()
    }
}
