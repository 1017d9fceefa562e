//! Sealing by HPKE (RFC 9180: X25519, HKDF-SHA256, ChaCha20-Poly1305): to the consular key in base mode, and from the desk
//! to a device in auth mode, so that only who has the consular key can have written it.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD as B64};
use hpke::{
    Deserializable, Kem as _, OpModeR, OpModeS, Serializable, aead::ChaCha20Poly1305, kdf::HkdfSha256,
    kem::X25519HkdfSha256,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use zeroize::Zeroizing;

use crate::{
    ids::{DeviceId, KeyId, MessageId},
    record::{Letter, PrivateLetter},
};

type Kem = X25519HkdfSha256;
const INFO: &[u8] = b"saparlas sealed record 1";
const LETTER: &[u8] = b"saparlas letter 1";
/// Sealed plaintexts are padded to whole multiples of this, so that their length says little.
const PAD: usize = 1024;
/// The longest padded plaintext: a trip with everybody on it by name.
const MAX_PADDED: usize = 448 * PAD;
const ENCAPPED_KEY: usize = 32;
const TAG: usize = 16;

/// A sealed record on the wire.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Sealed {
    /// The consular key it opens with.
    pub key_id: KeyId,
    /// base64url of the encapsulated key (32 bytes) followed by the ciphertext.
    pub ciphertext: String,
}

impl Sealed {
    /// Whether it can be what [`seal`] makes: a key, whole KiB and a tag. Only its owner can open it.
    pub fn is_plausible(&self) -> bool {
        let Ok(bytes) = B64.decode(&self.ciphertext) else { return false };
        let padded = bytes.len().checked_sub(ENCAPPED_KEY + TAG);
        padded.is_some_and(|padded| (PAD..=MAX_PADDED).contains(&padded) && padded % PAD == 0)
    }
}

/// What a sealed record belongs to; bound to it as associated data.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// Whose record it is.
    pub device: DeviceId,
    /// The record's own id, as text.
    pub id: &'a str,
    /// The record's version: an older seal does not open as a newer record.
    pub version: u32,
}

impl Context<'_> {
    fn associated_data(&self, key_id: &KeyId) -> Vec<u8> {
        format!("{}\n{}\n{}\n{key_id}", self.device, self.id, self.version).into_bytes()
    }
}

/// What a letter belongs to; bound to it as associated data.
#[derive(Debug, Clone, Copy)]
pub struct LetterContext {
    /// Whom it is for.
    pub device: DeviceId,
    /// The letter's own id.
    pub id: MessageId,
    /// When it was written.
    pub at: Timestamp,
}

impl LetterContext {
    fn associated_data(&self, key_id: &KeyId) -> Vec<u8> {
        // the instant as a number: a text of it may be written in more than one way
        format!("{}\n{}\n{}\n{key_id}", self.device, self.id, self.at.as_nanosecond()).into_bytes()
    }
}

/// Why something was not sealed or opened.
#[derive(Debug, thiserror::Error)]
pub enum SealError {
    /// It was sealed to another key or as another record, or was altered.
    #[error("not a key, or not sealed to this key and record")]
    Hpke,
    /// What was inside is of another shape.
    #[error("the plaintext is not what was expected")]
    Plaintext(#[from] serde_json::Error),
    /// The ciphertext is not base64url.
    #[error("the ciphertext is not base64url")]
    Encoding,
}

/// A new key pair: `(private, public)`.
pub fn key_pair(rng: &mut impl rand::CryptoRng) -> (Zeroizing<[u8; 32]>, [u8; 32]) {
    let (private, public) = Kem::gen_keypair_with_rng(rng);
    (Zeroizing::new(private.to_bytes().into()), public.to_bytes().into())
}

/// The key pair that is made of a secret, always the same: `(private, public)`.
pub fn key_pair_of(secret: &[u8; 32]) -> (Zeroizing<[u8; 32]>, [u8; 32]) {
    let (private, public) = Kem::derive_keypair(secret);
    (Zeroizing::new(private.to_bytes().into()), public.to_bytes().into())
}

/// Seals the JSON of `value` to `public`, padded with spaces to whole KiB.
///
/// # Errors
/// [`SealError::Hpke`] for a key that gives no secret, [`SealError::Plaintext`] for a value that is no JSON.
pub fn seal(
    value: &impl Serialize,
    context: Context<'_>,
    key_id: &KeyId,
    public: &[u8; 32],
    rng: &mut impl rand::CryptoRng,
) -> Result<Sealed, SealError> {
    seal_as(&OpModeS::Base, value, (INFO, &context.associated_data(key_id)), key_id, public, rng)
}

fn seal_as(
    mode: &OpModeS<'_, Kem>,
    value: &impl Serialize,
    (info, associated_data): (&[u8], &[u8]),
    key_id: &KeyId,
    public: &[u8; 32],
    rng: &mut impl rand::CryptoRng,
) -> Result<Sealed, SealError> {
    let mut plaintext = Zeroizing::new(serde_json::to_vec(value)?);
    let padded = plaintext.len().div_ceil(PAD) * PAD;
    plaintext.resize(padded, b' ');
    let bytes = seal_bytes(mode, &plaintext, (info, associated_data), public, rng)?;
    Ok(Sealed { key_id: key_id.clone(), ciphertext: B64.encode(bytes) })
}

/// An encapsulated key followed by its ciphertext.
fn seal_bytes(
    mode: &OpModeS<'_, Kem>,
    plaintext: &[u8],
    (info, associated_data): (&[u8], &[u8]),
    public: &[u8; 32],
    rng: &mut impl rand::CryptoRng,
) -> Result<Vec<u8>, SealError> {
    let (encapped, ciphertext) = hpke::single_shot_seal_with_rng::<ChaCha20Poly1305, HkdfSha256, Kem>(
        mode,
        &public_key(public)?,
        info,
        plaintext,
        associated_data,
        rng,
    )
    .map_err(|_| SealError::Hpke)?;
    let mut bytes = encapped.to_bytes().to_vec();
    bytes.extend(ciphertext);
    Ok(bytes)
}

/// Seals bytes as they are, in base mode.
pub(crate) fn seal_plain(
    plaintext: &[u8],
    bound: (&[u8], &[u8]),
    public: &[u8; 32],
    rng: &mut impl rand::CryptoRng,
) -> Result<Vec<u8>, SealError> {
    seal_bytes(&OpModeS::Base, plaintext, bound, public, rng)
}

/// Opens what [`seal_plain`] made.
pub(crate) fn open_plain(
    bytes: &[u8],
    (info, associated_data): (&[u8], &[u8]),
    private: &[u8; 32],
) -> Result<Zeroizing<Vec<u8>>, SealError> {
    open_bytes(&OpModeR::Base, bytes, info, associated_data, private)
}

/// Seals a letter to a device's public key, as whoever has the consular key `sender`.
///
/// # Errors
/// [`SealError::Hpke`] for a key that gives no secret.
#[cfg(feature = "sign")]
pub fn seal_letter(
    letter: &PrivateLetter,
    context: LetterContext,
    (key_id, sender): (&KeyId, &[u8; 32]),
    public: &[u8; 32],
    rng: &mut impl rand::CryptoRng,
) -> Result<Sealed, SealError> {
    let sender = private_key(sender)?;
    let mode = OpModeS::Auth((sender.clone(), Kem::sk_to_pk(&sender)));
    seal_as(&mode, letter, (LETTER, &context.associated_data(key_id)), key_id, public, rng)
}

/// Opens a letter with the private key of the device it is for. `sender` is the public consular key that it names, from
/// the key set that was verified: it opens only where that key sealed it.
///
/// # Errors
/// Each of [`SealError`].
pub fn open_letter(letter: &Letter, private: &[u8; 32], sender: &[u8; 32]) -> Result<PrivateLetter, SealError> {
    let context = LetterContext { device: letter.device, id: letter.id, at: letter.at };
    let bytes = B64.decode(&letter.sealed.ciphertext).map_err(|_| SealError::Encoding)?;
    let associated_data = context.associated_data(&letter.sealed.key_id);
    let mode = OpModeR::Auth(public_key(sender)?);
    let plaintext = open_bytes(&mode, &bytes, LETTER, &associated_data, private)?;
    Ok(serde_json::from_slice(&plaintext)?)
}

fn public_key(bytes: &[u8; 32]) -> Result<<Kem as hpke::Kem>::PublicKey, SealError> {
    <Kem as hpke::Kem>::PublicKey::from_bytes(bytes).map_err(|_| SealError::Hpke)
}

fn private_key(bytes: &[u8; 32]) -> Result<<Kem as hpke::Kem>::PrivateKey, SealError> {
    <Kem as hpke::Kem>::PrivateKey::from_bytes(bytes).map_err(|_| SealError::Hpke)
}

/// Opens what [`seal`] made, with the private key it was sealed to.
///
/// # Errors
/// Each of [`SealError`].
pub fn open<T: DeserializeOwned>(sealed: &Sealed, context: Context<'_>, private: &[u8; 32]) -> Result<T, SealError> {
    let bytes = B64.decode(&sealed.ciphertext).map_err(|_| SealError::Encoding)?;
    let plaintext = open_bytes(&OpModeR::Base, &bytes, INFO, &context.associated_data(&sealed.key_id), private)?;
    Ok(serde_json::from_slice(&plaintext)?)
}

/// Opens an encapsulated key followed by its ciphertext.
fn open_bytes(
    mode: &OpModeR<'_, Kem>,
    bytes: &[u8],
    info: &[u8],
    associated_data: &[u8],
    private: &[u8; 32],
) -> Result<Zeroizing<Vec<u8>>, SealError> {
    let private = private_key(private)?;
    let (encapped, ciphertext) = bytes.split_at_checked(ENCAPPED_KEY).ok_or(SealError::Hpke)?;
    let encapped = <Kem as hpke::Kem>::EncappedKey::from_bytes(encapped).map_err(|_| SealError::Hpke)?;
    hpke::single_shot_open::<ChaCha20Poly1305, HkdfSha256, Kem>(
        mode,
        &private,
        &encapped,
        info,
        ciphertext,
        associated_data,
    )
    .map(Zeroizing::new)
    .map_err(|_| SealError::Hpke)
}

#[cfg(test)]
mod tests;
