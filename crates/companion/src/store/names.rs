//! What names people stands closed under a key of this device: XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha), bound to its
//! table, column and row. A closed value is the key's id (8 bytes), the nonce (24) and what was encrypted.
//!
//! The key is in the system's keychain, or where that cannot be used in a file beside the data that only the user reads.

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::Mutex,
};

use chacha20poly1305::{
    Key, KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use contract::hash::Hash;
use rand::{Rng, SeedableRng, rngs::StdRng};

use super::files;
use crate::{
    keychain::{Keychain, Secret},
    lock::lock,
};

const ID: usize = 8;
const NONCE: usize = 24;

/// Which key closed something; it tells nothing of the key.
pub(super) type KeyId = [u8; ID];

fn id_of(key: &Secret) -> KeyId {
    let mut id = [0; ID];
    for (to, from) in id.iter_mut().zip(Hash::of(&key.0).to_string().bytes()) {
        *to = from;
    }
    id
}

/// What became of a closed value.
pub(super) enum Opened {
    Plain(Vec<u8>),
    /// No key that this start found has closed it.
    KeyGone,
    Damaged,
}

/// The keys that this start found: the first closes, and each opens what it closed.
pub(super) struct Keys {
    keys: Vec<Secret>,
    /// The keychain did not answer, and may have a key that closed something: that is away, and not gone.
    is_away: bool,
    rng: Mutex<StdRng>,
}

impl Keys {
    /// Finds the key, or makes one: it is written and read back before anything is closed under it.
    ///
    /// Once a file holds the key it stays there: a keychain that failed once is not relied on again, and is only asked
    /// for what it closed before: `has_others` says whether something stands closed under another key than this one.
    pub fn find(
        folder: &Path,
        keychain: &dyn Keychain,
        has_others: impl FnOnce(KeyId) -> bool,
        rng: &mut StdRng,
    ) -> io::Result<Self> {
        let in_file = read_file(folder)?;
        let has_others = has_others(in_file.as_ref().map(id_of).unwrap_or_default());
        let in_keychain = if in_file.is_none() || has_others { ask(keychain) } else { Err(()) };
        let is_away = has_others && in_keychain.is_err();
        let keys = match (in_file, in_keychain) {
            (Some(file), Ok(Some(older))) => vec![file, older],
            (Some(file), Ok(None) | Err(())) => vec![file],
            (None, Ok(Some(key))) => vec![key],
            (None, Ok(None)) => {
                let key = new_key(rng);
                if keeps(keychain, &key) { vec![key] } else { vec![write_file(folder, key)?] }
            }
            (None, Err(())) => vec![write_file(folder, new_key(rng))?],
        };
        Ok(Self { keys, is_away, rng: Mutex::new(StdRng::from_rng(rng)) })
    }

    /// Whether what it closed may be read again at another start.
    pub fn is_away(&self, closed: &[u8]) -> bool {
        self.is_away && !self.has(closed)
    }

    pub fn current(&self) -> Option<KeyId> {
        self.keys.first().map(id_of)
    }

    pub fn has(&self, closed: &[u8]) -> bool {
        self.keys.iter().any(|key| closed.starts_with(&id_of(key)))
    }

    /// Whether it is the one that closes now.
    pub fn has_current(&self, closed: &[u8]) -> bool {
        self.current().is_some_and(|id| closed.starts_with(&id))
    }

    /// `place` is the table, the column and the row.
    pub fn close(&self, place: [&str; 3], plain: &[u8]) -> Option<Vec<u8>> {
        let key = self.keys.first()?;
        let mut nonce = [0; NONCE];
        lock(&self.rng).fill_bytes(&mut nonce);
        let aad = place.join("/");
        let payload = Payload { msg: plain, aad: aad.as_bytes() };
        let closed = cipher(key).encrypt(&XNonce::from(nonce), payload).ok()?;
        Some([&id_of(key)[..], &nonce, &closed].concat())
    }

    pub fn open(&self, place: [&str; 3], closed: &[u8]) -> Opened {
        let Some(key) = self.keys.iter().find(|key| closed.starts_with(&id_of(key))) else { return Opened::KeyGone };
        let nonce = closed.get(ID..ID + NONCE).and_then(|nonce| <[u8; NONCE]>::try_from(nonce).ok());
        let opened = nonce.zip(closed.get(ID + NONCE..)).and_then(|(nonce, msg)| {
            cipher(key).decrypt(&XNonce::from(nonce), Payload { msg, aad: place.join("/").as_bytes() }).ok()
        });
        opened.map_or(Opened::Damaged, Opened::Plain)
    }
}

fn cipher(key: &Secret) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new(&Key::from(key.0))
}

fn new_key(rng: &mut StdRng) -> Secret {
    let mut key = Secret([0; 32]);
    rng.fill_bytes(&mut key.0);
    key
}

fn ask(keychain: &dyn Keychain) -> std::result::Result<Option<Secret>, ()> {
    keychain.read().map_err(|error| tracing::info!(%error, "the system's keychain is not used"))
}

/// Whether the keychain gives back what it was given.
fn keeps(keychain: &dyn Keychain, key: &Secret) -> bool {
    if let Err(error) = keychain.write(key) {
        tracing::info!(%error, "the system's keychain keeps nothing");
        return false;
    }
    ask(keychain).is_ok_and(|read| read.is_some_and(|read| read.0 == key.0))
}

fn file(folder: &Path) -> PathBuf {
    folder.join("saparlas.key")
}

/// A file that holds no key is none.
fn read_file(folder: &Path) -> io::Result<Option<Secret>> {
    match fs::read(file(folder)) {
        Ok(bytes) => Ok(bytes.try_into().ok().map(Secret)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Durable, and read back, when this returns. What stands there holds no key: one that was cut short closed nothing.
fn write_file(folder: &Path, key: Secret) -> io::Result<Secret> {
    files::remove(&file(folder))?;
    files::make_private(&file(folder), &key.0)?;
    match read_file(folder)? {
        Some(read) if read.0 == key.0 => Ok(key),
        Some(_) | None => Err(io::Error::other("the key was not read back as it was written")),
    }
}
