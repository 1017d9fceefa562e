//! Lies somebody in the middle, or inside the front, could try.

use contract::{
    entry::Entry,
    jws::{Jws, Signatory},
    log::Frame,
};
use ed25519_dalek::SigningKey;

use crate::Result;

/// Changes one letter in the middle of what a frame's entry says.
pub fn flip(frame: &str) -> Result<String> {
    let mut frame: Frame = serde_json::from_str(frame)?;
    let payload = &mut frame.entry.payload;
    let (at, letter) = payload
        .char_indices()
        .skip(payload.chars().count() / 2)
        .find(|(_, letter)| letter.is_ascii_lowercase())
        .ok_or("an entry says something")?;
    payload.replace_range(at..=at, if letter == 'a' { "b" } else { "a" });
    Ok(serde_json::to_string(&frame)?)
}

/// Signs an entry with a key the ministry never named, under any name.
pub fn sign_as(kid: &str, entry: &Entry) -> Result<Jws> {
    let stranger = Signatory { kid: kid.parse()?, key: SigningKey::from_bytes(&[7; 32]) };
    Ok(stranger.sign(entry)?)
}

/// What a signed document in compact form says, whether it holds or not.
pub fn read<T: contract::jws::Document>(compact: &str) -> Result<T> {
    Ok(T::read(&compact.parse::<Jws>()?.payload)?)
}
