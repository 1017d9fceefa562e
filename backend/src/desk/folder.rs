//! `DIR/desk`: private keys, the desk's credential, what was signed and what is not yet posted.

use std::path::{Path, PathBuf};

use contract::{ids::KeyId, jws::Signatory};
use ed25519_dalek::SigningKey;
use zeroize::Zeroizing;

use super::ledger::LedgerError;
use crate::files;

#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    #[error("there is no desk at {0}; make a ministry with `ministry init`")]
    Missing(PathBuf),
    #[error("{what} in the desk's folder cannot be read")]
    Read {
        what: &'static str,
        #[source]
        source: std::io::Error,
    },
    #[error("the name of the publishing key is none")]
    KeyName(#[from] contract::ids::InvalidId),
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    #[error("the folder of unposted entries cannot be opened")]
    Outbox(#[source] std::io::Error),
}

#[derive(Debug, Clone)]
pub struct DeskFolder(PathBuf);

impl DeskFolder {
    /// The desk's folder in a ministry's.
    pub fn of(data: &Path) -> Self {
        Self(data.join("desk"))
    }

    /// The same, if it is there.
    pub fn existing(data: &Path) -> Result<Self, FolderError> {
        let folder = Self::of(data);
        if folder.0.is_dir() { Ok(folder) } else { Err(FolderError::Missing(folder.0)) }
    }

    pub fn path(&self) -> &Path {
        &self.0
    }

    pub fn root_key(&self) -> PathBuf {
        self.0.join("root.key")
    }

    pub fn publishing_key(&self) -> PathBuf {
        self.0.join("publishing.key")
    }

    /// The publishing key's name in the key set.
    pub fn publishing_key_name(&self) -> PathBuf {
        self.0.join("publishing.kid")
    }

    pub fn consular_key(&self) -> PathBuf {
        self.0.join("consular.key")
    }

    pub fn credential_path(&self) -> PathBuf {
        self.0.join("credential")
    }

    pub fn ledger(&self) -> PathBuf {
        self.0.join("ledger")
    }

    pub fn unposted(&self) -> PathBuf {
        self.0.join("unposted")
    }

    pub fn publisher(&self) -> Result<Signatory, FolderError> {
        let read = |what| move |source| FolderError::Read { what, source };
        let secret = files::read_secret(&self.publishing_key()).map_err(read("publishing.key"))?;
        let name = std::fs::read_to_string(self.publishing_key_name()).map_err(read("publishing.kid"))?;
        let kid: KeyId = name.trim().parse()?;
        Ok(Signatory { kid, key: SigningKey::from_bytes(&secret) })
    }

    pub fn credential(&self) -> Result<Zeroizing<String>, FolderError> {
        let read = std::fs::read_to_string(self.credential_path());
        let text = read.map_err(|source| FolderError::Read { what: "credential", source })?;
        Ok(Zeroizing::new(Zeroizing::new(text).trim().to_owned()))
    }
}
