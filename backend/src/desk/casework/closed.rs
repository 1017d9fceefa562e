//! What is about people stands closed in the desk's database: XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha), bound to its
//! table, column and row. A closed value is its nonce (24 bytes) and what was encrypted.
//!
//! The key is `DIR/desk/store.key`, or comes of a passphrase in the environment: a desk restarts at night by itself.

use std::{num::NonZeroU32, path::Path};

use chacha20poly1305::{
    Key, KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use rand::{CryptoRng, Rng};
use serde::{Serialize, de::DeserializeOwned};
use zeroize::Zeroizing;

use super::CaseworkError;
use crate::files;

const NONCE: usize = 24;

/// OWASP's count for PBKDF2 with SHA-256.
const ROUNDS: NonZeroU32 = NonZeroU32::new(600_000).unwrap();

/// Where something stands: the table, the column and the row.
pub type Place<'a> = [&'a str; 3];

pub struct StoreKey(Zeroizing<[u8; 32]>);

impl StoreKey {
    /// The key in the file `key`, which is made where it is not there.
    ///
    /// # Errors
    /// It cannot be read or written.
    pub fn of_file(key: &Path, rng: &mut impl CryptoRng) -> Result<Self, CaseworkError> {
        files::kept_secret(key, rng).map(Self).map_err(CaseworkError::Key)
    }

    /// The key that `passphrase` gives with the salt in the file `salt`, which is made where it is not there.
    ///
    /// # Errors
    /// The salt cannot be read or written.
    pub fn of_passphrase(passphrase: &str, salt: &Path, rng: &mut impl CryptoRng) -> Result<Self, CaseworkError> {
        let salt = files::kept_secret(salt, rng).map_err(CaseworkError::Key)?;
        let mut key = Zeroizing::new([0; 32]);
        let sha256 = ring::pbkdf2::PBKDF2_HMAC_SHA256;
        ring::pbkdf2::derive(sha256, ROUNDS, &*salt, passphrase.as_bytes(), &mut *key);
        Ok(Self(key))
    }

    pub fn close(&self, place: Place<'_>, plain: &[u8], rng: &mut impl Rng) -> Result<Vec<u8>, CaseworkError> {
        let mut nonce = [0; NONCE];
        rng.fill_bytes(&mut nonce);
        let aad = place.join("/");
        let payload = Payload { msg: plain, aad: aad.as_bytes() };
        let closed = self.cipher().encrypt(&XNonce::from(nonce), payload).map_err(|_| CaseworkError::Shut)?;
        Ok([&nonce[..], &closed].concat())
    }

    /// # Errors
    /// [`CaseworkError::Shut`]: another key closed it, or it stood elsewhere, or was changed.
    pub fn open(&self, place: Place<'_>, closed: &[u8]) -> Result<Zeroizing<Vec<u8>>, CaseworkError> {
        let (nonce, msg) = closed.split_at_checked(NONCE).ok_or(CaseworkError::Shut)?;
        let nonce: [u8; NONCE] = nonce.try_into().map_err(|_| CaseworkError::Shut)?;
        let aad = place.join("/");
        let opened = self.cipher().decrypt(&XNonce::from(nonce), Payload { msg, aad: aad.as_bytes() });
        opened.map(Zeroizing::new).map_err(|_| CaseworkError::Shut)
    }

    pub fn close_json(
        &self,
        place: Place<'_>,
        value: &impl Serialize,
        rng: &mut impl Rng,
    ) -> Result<Vec<u8>, CaseworkError> {
        self.close(place, &Zeroizing::new(serde_json::to_vec(value)?), rng)
    }

    /// # Errors
    /// It does not open, or is of another shape.
    pub fn open_json<T: DeserializeOwned>(&self, place: Place<'_>, closed: &[u8]) -> Result<T, CaseworkError> {
        Ok(serde_json::from_slice(&self.open(place, closed)?)?)
    }

    /// By which something is found again that stands closed.
    pub fn mark(&self, what: &str, of: &[&str]) -> String {
        let key = ring::hmac::Key::new(ring::hmac::HMAC_SHA256, &*self.0);
        let mut context = ring::hmac::Context::with_key(&key);
        for part in [what].iter().chain(of) {
            context.update(&(part.len() as u64).to_be_bytes());
            context.update(part.as_bytes());
        }
        contract::hash::Hash::of(context.sign().as_ref()).to_string()
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&Key::from(*self.0))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rand::{SeedableRng, rngs::StdRng};

    use super::*;

    const PLACE: Place<'_> = ["cases", "private", "7"];

    fn key(seed: u64) -> (StoreKey, StdRng) {
        let mut rng = StdRng::seed_from_u64(seed);
        (StoreKey(files::secret(&mut rng)), rng)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn what_was_closed_opens_where_it_stood_and_nowhere_else(plain: Vec<u8>, at: prop::sample::Index) {
            let (key, mut rng) = key(1);
            let mut closed = key.close(PLACE, &plain, &mut rng).unwrap();
            prop_assert_eq!(&*key.open(PLACE, &closed).unwrap(), &plain);
            for other in [["cases", "private", "8"], ["cases", "step", "7"], ["events", "private", "7"]] {
                prop_assert!(key.open(other, &closed).is_err());
            }
            prop_assert!(self::key(2).0.open(PLACE, &closed).is_err());
            let at = at.index(closed.len());
            closed[at] ^= 1;
            prop_assert!(key.open(PLACE, &closed).is_err());
        }
    }

    #[test]
    fn a_key_is_found_again_by_its_file_and_by_its_passphrase() {
        let folder = tempfile::TempDir::new().unwrap();
        let (path, salt) = (folder.path().join("store.key"), folder.path().join("store.salt"));
        let mut rng = StdRng::seed_from_u64(3);
        for make in
            [&mut |rng: &mut StdRng| StoreKey::of_file(&path, rng).unwrap() as StoreKey, &mut |rng: &mut StdRng| {
                StoreKey::of_passphrase("қыс мезгілі", &salt, rng).unwrap()
            }] as [&mut dyn FnMut(&mut StdRng) -> StoreKey; 2]
        {
            let closed = make(&mut rng).close(PLACE, b"Aigul", &mut rng).unwrap();
            assert_eq!(&**make(&mut rng).open(PLACE, &closed).unwrap(), b"Aigul");
        }
        let other = StoreKey::of_passphrase("another", &salt, &mut rng).unwrap();
        let closed = StoreKey::of_file(&path, &mut rng).unwrap().close(PLACE, b"x", &mut rng).unwrap();
        assert!(other.open(PLACE, &closed).is_err());
    }
}
