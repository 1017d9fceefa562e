//! `keys-NUMBER.sealed`: what is secret of a ministry in one file, which papers open. It may lie anywhere.
//!
//! It is JSON: what anybody may know of it, and the rest under XChaCha20-Poly1305, to which the first is bound. Its hash
//! says at once that a copy is damaged, before anybody has typed a paper.

use std::{
    collections::BTreeMap,
    io,
    path::{Path, PathBuf},
};

use base64::{Engine, engine::general_purpose::STANDARD as B64};
use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use contract::hash::Hash;
use jiff::Timestamp;
use rand::CryptoRng;
use ring::hmac;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::papers::{Number, Paper, Secret, share_out};
use crate::files;

const FORMAT: &str = "saparlas sealed keys 1";
const NONCE: usize = 24;

/// The text of each file, by its path in the ministry's folder.
pub type Contents = BTreeMap<String, Zeroizing<String>>;

#[derive(Debug, thiserror::Error)]
pub enum SealedError {
    #[error("{path} cannot be read")]
    Read {
        path: PathBuf,
        #[source]
        source: io::Error,
    },
    #[error("{path} cannot be written")]
    Write {
        path: PathBuf,
        #[source]
        source: io::Error,
    },
    #[error("{0} exists already")]
    Exists(PathBuf),
    #[error("it is no file that `ministry keys split` made, or was cut short: take another copy of it")]
    Foreign(#[source] serde_json::Error),
    #[error("it is of another version of this program: {0}")]
    Format(String),
    #[error("it was changed or damaged: take another copy of it")]
    Damaged,
    #[error("the papers do not open it: it, or what stands on them, is not what was made")]
    Shut,
    #[error("it cannot be written as JSON")]
    Json(#[from] serde_json::Error),
}

/// What anybody may know of sealed keys.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Label {
    pub number: Number,
    pub papers: u8,
    pub need: u8,
    pub made_at: Timestamp,
    /// What is in it, by its path in the ministry's folder.
    pub files: Vec<String>,
}

impl Label {
    /// The name of the file.
    pub fn name(&self) -> String {
        format!("keys-{}.sealed", self.number)
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    format: String,
    label: Label,
    sealed: String,
    /// Of the label and what is sealed.
    sha256: Hash,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedKeys {
    pub label: Label,
    /// The nonce, and what was encrypted.
    sealed: Vec<u8>,
}

impl SealedKeys {
    /// Seals `contents` under a new secret, and shares that out among `papers` of which any `need` open it.
    ///
    /// # Errors
    /// Never in practice: they are texts.
    pub fn seal(
        contents: &Contents,
        (papers, need): (u8, u8),
        made_at: Timestamp,
        rng: &mut impl CryptoRng,
    ) -> Result<(Self, Vec<Paper>), SealedError> {
        let files = contents.keys().cloned().collect();
        let label = Label { number: Number::random(rng), papers, need, made_at, files };
        let mut secret = Secret::default();
        rng.fill_bytes(&mut secret[..]);
        let mut nonce = [0; NONCE];
        rng.fill_bytes(&mut nonce);
        let (plain, aad) = (Zeroizing::new(serde_json::to_vec(contents)?), serde_json::to_vec(&label)?);
        let payload = Payload { msg: &plain, aad: &aad };
        let closed = cipher(&secret)?.encrypt(&XNonce::from(nonce), payload).map_err(|_| SealedError::Shut)?;
        let papers = share_out(&secret, label.number, papers, need, rng);
        Ok((Self { label, sealed: [&nonce[..], &closed].concat() }, papers))
    }

    /// # Errors
    /// [`SealedError::Shut`]: another secret, or it was changed.
    pub fn open(&self, secret: &Secret) -> Result<Contents, SealedError> {
        let (nonce, msg) = self.sealed.split_at_checked(NONCE).ok_or(SealedError::Shut)?;
        let nonce: [u8; NONCE] = nonce.try_into().map_err(|_| SealedError::Shut)?;
        let aad = serde_json::to_vec(&self.label)?;
        let opened = cipher(secret)?.decrypt(&XNonce::from(nonce), Payload { msg, aad: &aad });
        let opened = opened.map(Zeroizing::new).map_err(|_| SealedError::Shut)?;
        serde_json::from_slice(&opened).map_err(SealedError::Foreign)
    }

    /// # Errors
    /// It cannot be read, is something else, or was damaged.
    pub fn read(path: &Path) -> Result<Self, SealedError> {
        let text = files::read_text(path).map_err(|source| SealedError::Read { path: path.to_owned(), source })?;
        let Document { format, label, sealed, sha256 } = serde_json::from_str(&text).map_err(SealedError::Foreign)?;
        if format != FORMAT {
            return Err(SealedError::Format(format));
        }
        let read = Self { label, sealed: B64.decode(sealed).map_err(|_| SealedError::Damaged)? };
        if read.hash()? == sha256 { Ok(read) } else { Err(SealedError::Damaged) }
    }

    /// Writes it into `folder`, whole or not at all, and answers where.
    ///
    /// # Errors
    /// One is there already, or it cannot be written.
    pub fn write(&self, folder: &Path) -> Result<PathBuf, SealedError> {
        let path = folder.join(self.label.name());
        if path.symlink_metadata().is_ok() {
            return Err(SealedError::Exists(path));
        }
        let (format, label) = (FORMAT.to_owned(), self.label.clone());
        let document = Document { format, label, sealed: B64.encode(&self.sealed), sha256: self.hash()? };
        let text = serde_json::to_vec_pretty(&document)?;
        match files::replace_private(&path, &text) {
            Ok(()) => Ok(path),
            Err(source) => Err(SealedError::Write { path, source }),
        }
    }

    fn hash(&self) -> Result<Hash, SealedError> {
        Ok(Hash::of(&[serde_json::to_vec(&self.label)?, self.sealed.clone()].concat()))
    }
}

fn cipher(secret: &Secret) -> Result<XChaCha20Poly1305, SealedError> {
    let key = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, &secret[..]), FORMAT.as_bytes());
    XChaCha20Poly1305::new_from_slice(key.as_ref()).map_err(|_| SealedError::Shut)
}
