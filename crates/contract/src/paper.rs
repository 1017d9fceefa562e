//! A code on paper: it names a device, and opens what that device sealed to it. Whoever has it may lead the device's
//! trips from another one.
//!
//! On paper it is 13 groups of five letters. Four of a group carry, the fifth checks the four and the group's place; the
//! last ten bits check the whole and the ministry that it is of.

use std::{fmt, iter};

use hkdf::Hkdf;
use rand::Rng;
use sha2::{Digest, Sha256};
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::{hash::Hash, ids::DeviceId, keys::key_text, seal};

/// Crockford's: none of I, L, O, U.
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Letters of a group, the checking one among them.
pub const GROUP: usize = 5;
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
    /// A group holds a letter that is wrong, missing or too many.
    #[error("a letter of group {0} is wrong")]
    Group(usize),
    /// Whole groups are missing at its end, or it has not begun.
    #[error("it ends after {0} groups")]
    Short(usize),
    /// More groups than a code has.
    #[error("it goes on after its end")]
    Long,
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
        let bits: Vec<bool> = self.bits().chain(self.check(ministry)).collect();
        let values: Vec<u8> = bits.chunks(5).map(value).collect();
        let group = |(place, four): (usize, &[u8])| {
            let letters = four.iter().copied().chain([checking(place, four)]);
            letters.map(|value| char::from(LETTERS[usize::from(value)])).collect()
        };
        values.chunks(GROUP - 1).enumerate().map(group).collect()
    }

    /// Reads what was typed or seen: in small letters too, with anything between the groups, and where a letter looks
    /// like another.
    ///
    /// # Errors
    /// [`Misread`], the first group that is wrong.
    pub fn read(text: &str, ministry: Hash) -> Result<Self, Misread> {
        let letters: Vec<char> = text.chars().filter(|letter| letter.is_alphanumeric()).collect();
        let mut values = Vec::with_capacity(GROUPS * (GROUP - 1));
        for (place, group) in letters.chunks(GROUP).take(GROUPS).enumerate() {
            let read: Option<Vec<u8>> = group.iter().map(|letter| letter_value(*letter)).collect();
            let read = read.ok_or(Misread::Group(place + 1))?;
            match read.split_last_chunk::<1>() {
                Some((four, [check])) if four.len() == GROUP - 1 && checking(place, four) == *check => {
                    values.extend_from_slice(four);
                }
                Some(_) | None => return Err(Misread::Group(place + 1)),
            }
        }
        if letters.len() < GROUP * GROUPS {
            return Err(Misread::Short(letters.len() / GROUP));
        }
        if letters.len() > GROUP * GROUPS {
            return Err(Misread::Long);
        }
        let bits = values.iter().flat_map(|value| (0..5).rev().map(move |bit| value >> bit & 1 == 1));
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
        let device = bits_of(device).enumerate().filter(|(at, _)| !FIXED.contains(at)).map(|(_, bit)| bit);
        device.chain(bits_of(u128::from_be_bytes(*self.secret)))
    }

    fn check(&self, ministry: Hash) -> impl Iterator<Item = bool> + use<> {
        let mut hashing = Sha256::new_with_prefix(b"saparlas paper 1");
        hashing.update(ministry.to_string());
        hashing.update(Uuid::from(self.device).as_bytes());
        hashing.update(&self.secret[..]);
        let hash = hashing.finalize();
        bits_of(u128::from(hash[0]) << 120 | u128::from(hash[1]) << 112).take(CHECK)
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
        let secret = bits.by_ref().take(128).fold(0, |all: u128, bit| all << 1 | u128::from(bit));
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

fn bits_of(number: u128) -> impl Iterator<Item = bool> {
    (0..128).rev().map(move |bit| number >> bit & 1 == 1)
}

fn value(bits: &[bool]) -> u8 {
    bits.iter().fold(0, |all, bit| all << 1 | u8::from(*bit))
}

/// What checks the letters of a group: a sum over the field of 32, in which each place has a weight of its own. So one
/// letter that is wrong, two that changed places and a group in another's place are told.
fn checking(place: usize, four: &[u8]) -> u8 {
    let times_x = |value: u8| if value & 16 == 0 { value << 1 } else { (value << 1 ^ 0b10_0101) & 31 };
    let first = iter::once(u8::try_from(place).unwrap_or_default());
    times_x(first.chain(four.iter().copied()).fold(0, |sum, value| times_x(sum) ^ value))
}

/// Of a letter, or of one that looks like it in Latin or Cyrillic.
fn letter_value(letter: char) -> Option<u8> {
    let letter = letter.to_uppercase().next()?;
    let latin = match letter {
        'O' | 'О' => '0',
        'I' | 'L' | 'І' => '1',
        'А' => 'A',
        'В' => 'B',
        'С' => 'C',
        'Е' => 'E',
        'Н' => 'H',
        'К' => 'K',
        'М' => 'M',
        'Р' => 'P',
        'Т' => 'T',
        'Х' => 'X',
        'З' => '3',
        other => other,
    };
    LETTERS.iter().position(|one| char::from(*one) == latin).and_then(|at| u8::try_from(at).ok())
}

#[cfg(test)]
mod tests;
