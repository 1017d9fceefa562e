//! `DIR/front`: the head key, the key set, settings and the two databases. Nothing here can speak for the ministry.

use std::path::{Path, PathBuf};

use contract::{ids::KeyId, jws::Signatory, keys::Roots, words::Words};
use ed25519_dalek::SigningKey;
use serde::{Deserialize, Serialize};

use super::{FrontError, read_secret, read_text};

/// `settings.json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    pub name: Words,
    pub demo: bool,
    pub roots: Roots,
    pub head_key: KeyId,
    /// SHA-256 of the desk's credential, base64url.
    pub desk_credential_hash: String,
    /// `sender` of the CAP alerts that go out.
    pub cap_sender: String,
}

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

    pub fn key_set_path(&self) -> PathBuf {
        self.0.join("keys-1.json")
    }

    pub fn head_key_path(&self) -> PathBuf {
        self.0.join("head.key")
    }

    pub fn settings(&self) -> Result<Settings, FrontError> {
        let what = "settings.json";
        let text = read_text(&self.settings_path(), what)?;
        serde_json::from_str(&text).map_err(|source| FrontError::Settings { what, source })
    }

    pub fn key_set(&self) -> Result<String, FrontError> {
        read_text(&self.key_set_path(), "keys-1.json")
    }

    pub fn head_signatory(&self, settings: &Settings) -> Result<Signatory, FrontError> {
        let secret = read_secret(&self.head_key_path(), "head.key")?;
        Ok(Signatory { kid: settings.head_key.clone(), key: SigningKey::from_bytes(&secret) })
    }
}
