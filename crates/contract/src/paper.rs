//! A code on paper: it names a device, and opens what that device sealed to it. Whoever has it may lead the device's
//! trips from another one.
//!
//! On paper it is 13 groups of [letters]; the last ten bits check the whole and the ministry that it is of.

use std::fmt;

use hkdf::Hkdf;
use rand::Rng;
use sha2::{Digest, Sha256};
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::{
    hash::Hash,
    ids::DeviceId,
    keys::key_text,
    letters::{self, Mistyped, bits_of, number_of},
    seal,
};

/// Groups of a code.
pub const GROUPS: usize = 13;
/// Of a random UUID these bits say only that it is one.
const FIXED: [usize; 6] = [48, 49, 50, 51, 64, 65];
/// Of the check of the whole.
const CHECK: usize = 10;

/// A code on paper.
#[derive(Clone, PartialEq, Eq)]
pub struct Paper {
    /// Whose trips it opens.
    pub device: DeviceId,
    secret: Zeroizing<[u8; 16]>,
}

/// What is made from a code.
pub struct PaperKeys {
    /// X25519: what is sealed to the public one opens with it.
    pub private: Zeroizing<[u8; 32]>,
    /// To which the device seals.
    pub public: [u8; 32],
    /// By which whoever has the code is known to the front.
    pub token: Zeroizing<String>,
}

impl PaperKeys {
    /// What the front may know of the token.
    pub fn token_hash(&self) -> Hash {
        Hash::of(self.token.as_bytes())
    }
}

/// Why what was typed is no code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Misread {
    /// Not in the groups of a code.
    #[error(transparent)]
    Mistyped(#[from] Mistyped),
    /// Each group holds, and the whole does not: it is another ministry's.
    #[error("a code of another ministry")]
    Another,
}

impl Paper {
    /// A new one for this device.
    pub fn new(device: DeviceId, rng: &mut impl Rng) -> Self {
        let mut secret = Zeroizing::new([0; 16]);
        rng.fill_bytes(&mut secret[..]);
        Self { device, secret }
    }

    /// As it is printed, by groups; `ministry` is the profile's fingerprint.
    pub fn groups(&self, ministry: Hash) -> Vec<String> {
        letters::write(&self.bits().chain(self.check(ministry)).collect::<Vec<_>>(), 0)
    }

    /// Reads what was typed or seen.
    ///
    /// # Errors
    /// [`Misread`].
    pub fn read(text: &str, ministry: Hash) -> Result<Self, Misread> {
        let bits = letters::read(text, 0, GROUPS)?.into_iter();
        Self::of(bits, ministry).ok_or(Misread::Another)
    }

    /// The keys of it.
    pub fn keys(&self) -> PaperKeys {
        let hkdf = Hkdf::<Sha256>::new(Some(Uuid::from(self.device).as_bytes()), &self.secret[..]);
        let make = |info: &[u8]| {
            let mut made = Zeroizing::new([0; 32]);
            // 32 bytes are always to be had: a hash has as many
            let is_made = hkdf.expand(info, &mut made[..]);
            debug_assert!(is_made.is_ok());
            made
        };
        let (private, public) = seal::key_pair_of(&make(b"saparlas paper key 1"));
        PaperKeys { private, public, token: Zeroizing::new(key_text(&make(b"saparlas paper token 1"))) }
    }

    /// The device's bits that tell it apart, and the secret's.
    fn bits(&self) -> impl Iterator<Item = bool> {
        let device = u128::from_be_bytes(*Uuid::from(self.device).as_bytes());
        let device = bits_of(device, 128).enumerate().filter(|(at, _)| !FIXED.contains(at)).map(|(_, bit)| bit);
        device.chain(bits_of(u128::from_be_bytes(*self.secret), 128))
    }

    fn check(&self, ministry: Hash) -> impl Iterator<Item = bool> + use<> {
        let mut hashing = Sha256::new_with_prefix(b"saparlas paper 1");
        hashing.update(ministry.to_string());
        hashing.update(Uuid::from(self.device).as_bytes());
        hashing.update(&self.secret[..]);
        let hash = hashing.finalize();
        bits_of(u128::from(hash[0]) << 8 | u128::from(hash[1]), 16).take(CHECK)
    }

    fn of(bits: impl Iterator<Item = bool>, ministry: Hash) -> Option<Self> {
        let mut bits = bits;
        let mut next = |at: usize| match FIXED.iter().position(|fixed| *fixed == at) {
            // version 4, and the variant of RFC 9562
            Some(fixed) => Some(fixed == 1 || fixed == 4),
            None => bits.next(),
        };
        let device = (0..128).map(&mut next).try_fold(0, |all: u128, bit| Some(all << 1 | u128::from(bit?)))?;
        let device = DeviceId::try_from(Uuid::from_u128(device)).ok()?;
        let secret = number_of(bits.by_ref().take(128));
        let paper = Self { device, secret: Zeroizing::new(secret.to_be_bytes()) };
        paper.check(ministry).eq(bits).then_some(paper)
    }
}

/// No log has the secret.
impl fmt::Debug for Paper {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Paper").field("device", &self.device).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
