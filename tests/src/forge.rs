//! Lies somebody in the middle, or inside the front, could try.

use contract::{
    bulletin::Frame,
    entry::Entry,
    jws::{Purpose, Signatory},
};
use ed25519_dalek::SigningKey;

use crate::{Result, ensure};

/// Changes one character in the middle of what a frame's entry says.
pub fn flip(frame: &str) -> Result<String> {
    let mut frame: Frame = serde_json::from_str(frame)?;
    let mut parts: Vec<String> = frame.entry.split('.').map(str::to_owned).collect();
    ensure!(parts.len() == 3, "an entry has three parts");
    let middle = parts[1].len() / 2;
    let other = if parts[1].as_bytes()[middle] == b'A' { "B" } else { "A" };
    parts[1].replace_range(middle..=middle, other);
    frame.entry = parts.join(".");
    Ok(serde_json::to_string(&frame)?)
}

/// Signs an entry with a key the ministry never named, under any name.
pub fn sign_as(kid: &str, entry: &Entry) -> Result<String> {
    let stranger = Signatory { kid: kid.parse()?, key: SigningKey::from_bytes(&[7; 32]) };
    Ok(stranger.sign(Purpose::Entry, entry)?)
}

/// What a signed document says, whether it holds or not.
pub fn read<T: serde::de::DeserializeOwned>(jws: &str) -> Result<T> {
    use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD as B64};

    let payload = jws.split('.').nth(1).ok_or("not a signed document")?;
    Ok(serde_json::from_slice(&B64.decode(payload)?)?)
}
