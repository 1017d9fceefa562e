//! A word as one SMS, for whoever has no data: 160 letters that any phone and any network carry as they are.
//!
//! 120 bytes: the format, a hint of the gateway key, then HPKE in base mode (its encapsulated key, 67 bytes, a tag). The
//! alphabet is base64url's with `.` in the place of `_`, which is mangled on the way. Anybody can seal to the gateway
//! key; that the word is of the device it names, a MAC says by a secret that only the device and the gateway share.

mod content;

use std::fmt;

use base64::{Engine, alphabet::Alphabet, engine::GeneralPurpose, engine::general_purpose::NO_PAD};
use hkdf::{
    Hkdf,
    hmac::{Hmac, KeyInit, Mac},
};
use sha2::{Digest, Sha256};
use x25519_dalek::x25519;
use zeroize::Zeroizing;

use crate::seal::{self, SealError};
pub use content::{Content, Measured, Spot};

/// Letters of a code, and of an SMS.
pub const LETTERS: usize = 160;
/// The layout that this reader knows.
pub const FORMAT: u8 = 1;
/// Bytes of a code: format, hint, encapsulated key, content, tag.
const BYTES: usize = HEADER + 32 + content::BYTES + 16;
/// The format and the hint; bound to what is sealed as associated data.
const HEADER: usize = 1 + HINT;
const HINT: usize = 4;
const SEALED: &[u8] = b"saparlas sealed sms 1";
const PROOF: &[u8] = b"saparlas sms 1";
/// base64url's, with `.` for `_`.
const ALPHABET: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-.";
const CODE: GeneralPurpose = GeneralPurpose::new(&alphabet(), NO_PAD);

const fn alphabet() -> Alphabet {
    match Alphabet::new(ALPHABET) {
        Ok(alphabet) => alphabet,
        Err(_) => panic!("64 letters, each once"),
    }
}

/// Why a text is not a word of somebody's.
#[derive(Debug, thiserror::Error)]
pub enum SmsError {
    /// Not 160 letters of the alphabet.
    #[error("not a coded SMS")]
    NotOne,
    /// Of an app that is newer than this reader.
    #[error("a coded SMS of format {0}, which is newer")]
    Newer(u8),
    /// It was sealed to another key.
    #[error("none of the gateway keys is meant")]
    OtherKey,
    /// It was altered on the way, or the key gives no secret.
    #[error("it does not open")]
    Seal(#[from] SealError),
    /// What was inside names nobody.
    #[error("what it says cannot be read")]
    Content,
}

/// A gateway's private key, and the hint by which a code names it.
pub struct Gateway {
    private: Zeroizing<[u8; 32]>,
    hint: [u8; HINT],
}

impl Gateway {
    /// Of a private key.
    pub fn of(private: Zeroizing<[u8; 32]>) -> Self {
        let hint = hint_of(&x25519(*private, x25519_dalek::X25519_BASEPOINT_BYTES));
        Self { private, hint }
    }
}

/// An SMS that was opened.
pub struct Opened {
    /// What it says.
    pub content: Content,
    proven: Zeroizing<Vec<u8>>,
    proof: [u8; content::PROOF],
    gateway: Zeroizing<[u8; 32]>,
}

/// No log has the key.
impl fmt::Debug for Opened {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Opened").field("content", &self.content).finish_non_exhaustive()
    }
}

impl Opened {
    /// By which two words are told apart that name the same check-in of the same device.
    pub fn mark(&self) -> String {
        CODE.encode(self.proof)
    }

    /// Whether it was sealed to this key.
    pub fn is_to(&self, gateway: &Gateway) -> bool {
        self.gateway == gateway.private
    }

    /// Whether the device with this public key has written it, and not somebody who only knows its id.
    pub fn is_by(&self, device: &[u8; 32]) -> bool {
        let Some(mac) = proving(&self.gateway, device, &self.proven) else { return false };
        mac.verify_truncated_left(&self.proof).is_ok()
    }
}

/// Writes `content` for the gateway with this public key, as the device with this private one.
///
/// # Errors
/// [`SmsError::Seal`] for a key that gives no secret.
pub fn write(
    content: &Content,
    device: &[u8; 32],
    gateway: &[u8; 32],
    rng: &mut impl rand::CryptoRng,
) -> Result<String, SmsError> {
    let header = header(gateway);
    let mut plain = Zeroizing::new(content.to_bytes());
    let mac = proving(device, gateway, &proven(&header, &plain[..])).ok_or(SealError::Hpke)?;
    let proof = mac.finalize().into_bytes();
    plain[content::PROOF_AT].copy_from_slice(&proof[..content::PROOF]);
    let mut bytes = header.to_vec();
    bytes.extend(seal::seal_plain(&plain[..], (SEALED, &header), gateway, rng)?);
    Ok(CODE.encode(bytes))
}

/// Opens a code with the gateway's key that it was sealed to, of all that there ever were.
///
/// # Errors
/// Each of [`SmsError`].
pub fn open<'a>(code: &str, gateways: impl IntoIterator<Item = &'a Gateway>) -> Result<Opened, SmsError> {
    let bytes = CODE.decode(code).map_err(|_| SmsError::NotOne)?;
    let Some((&[format, ref hint @ ..], sealed)) = bytes.split_first_chunk::<HEADER>() else {
        return Err(SmsError::NotOne);
    };
    if format != FORMAT {
        return Err(SmsError::Newer(format));
    }
    if bytes.len() != BYTES {
        return Err(SmsError::NotOne);
    }
    // a hint is short: two keys may have the same
    let meant = gateways.into_iter().filter(|gateway| gateway.hint == *hint);
    let mut failure = SmsError::OtherKey;
    for Gateway { private, .. } in meant {
        match seal::open_plain(sealed, (SEALED, &bytes[..HEADER]), private) {
            Ok(plain) => return opened(&bytes[..HEADER], &plain, private),
            Err(error) => failure = error.into(),
        }
    }
    Err(failure)
}

fn opened(header: &[u8], plain: &[u8], gateway: &Zeroizing<[u8; 32]>) -> Result<Opened, SmsError> {
    let plain: &[u8; content::BYTES] = plain.try_into().map_err(|_| SmsError::Content)?;
    let mut proof = [0; content::PROOF];
    proof.copy_from_slice(&plain[content::PROOF_AT]);
    let content = Content::of_bytes(plain).ok_or(SmsError::Content)?;
    Ok(Opened { content, proven: proven(header, plain), proof, gateway: gateway.clone() })
}

/// Whether a code may have this letter.
pub fn is_letter(letter: char) -> bool {
    ALPHABET.contains(letter)
}

/// The code in a text that somebody may have sent on, in lines or with words around it.
pub fn find(text: &str) -> Option<String> {
    let words = || text.split(|letter: char| !is_letter(letter));
    // a sentence's full stop, or a dash, is of the alphabet too
    let trimmed = |word: &'_ str| word.trim_end_matches(['.', '-']).len() <= LETTERS && word.len() > LETTERS;
    let whole = words()
        .find_map(
            |word| if trimmed(word) { word.get(..LETTERS) } else { Some(word).filter(|word| word.len() == LETTERS) },
        )
        .map(str::to_owned);
    // broken into lines, and nothing else there
    whole
        .or_else(|| Some(text.split_whitespace().collect::<String>()))
        .filter(|code| code.len() == LETTERS && code.chars().all(is_letter))
}

/// Whether a text can be the beginning of a code.
pub fn is_beginning(text: &str) -> bool {
    let mut letters = text.bytes();
    // the format is the first byte: six of its bits, then two and four of the hint
    letters.next() == Some(b'A') && letters.next().is_some_and(|letter| (b'Q'..=b'f').contains(&letter))
}

fn header(gateway: &[u8; 32]) -> [u8; HEADER] {
    let mut header = [FORMAT; HEADER];
    header[1..].copy_from_slice(&hint_of(gateway));
    header
}

fn hint_of(gateway: &[u8; 32]) -> [u8; HINT] {
    let mut hint = [0; HINT];
    hint.copy_from_slice(&Sha256::digest(gateway)[..HINT]);
    hint
}

/// What the MAC is over: everything but itself and what the seal adds.
fn proven(header: &[u8], plain: &[u8]) -> Zeroizing<Vec<u8>> {
    let parts = [header, &plain[..content::PROOF_AT.start], &plain[content::PROOF_AT.end..]];
    Zeroizing::new(parts.concat())
}

/// The MAC over `proven` by what one's private key and the other's public one share; `None` where they share nothing.
fn proving(private: &[u8; 32], public: &[u8; 32], proven: &[u8]) -> Option<Hmac<Sha256>> {
    let shared = Zeroizing::new(x25519(*private, *public));
    if *shared == [0; 32] {
        return None;
    }
    let mut key = Zeroizing::new([0; 32]);
    Hkdf::<Sha256>::new(None, &shared[..]).expand(PROOF, &mut key[..]).ok()?;
    let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(&key[..]).ok()?;
    mac.update(proven);
    Some(mac)
}
