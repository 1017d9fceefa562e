//! Files as officers hand them in: what they are is told by what is in them.

use std::{io::Read, path::Path};

use super::draft::{Draft, DraftError, MAX_ALERT, MAX_DRAFT};
use crate::{cap::encoding::decode, files};

/// What a file holds.
pub enum Input {
    /// An officer's JSON.
    Draft(Box<Draft>),
    /// The text of another authority's alert: who may be passed on is the desk's to say.
    Alert(String),
}

/// # Errors
/// It is no regular file, too large, or neither.
pub fn read(path: &Path) -> Result<Input, DraftError> {
    let bytes = read_bounded(path)?;
    let is_json_file = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json"));
    let text = decode(&bytes)?;
    match text.trim_start().chars().next() {
        Some('<') => Ok(Input::Alert(text)),
        Some('{') => draft(&text),
        Some(_) | None if is_json_file => draft(&text),
        Some(_) | None => Err(DraftError::Neither),
    }
}

fn draft(text: &str) -> Result<Input, DraftError> {
    Ok(Input::Draft(Box::new(Draft::from_json(text)?)))
}

/// The size is asked first and the reading is bounded, so that no file can fill the memory.
fn read_bounded(path: &Path) -> Result<Vec<u8>, DraftError> {
    let mut file = files::open(path).map_err(DraftError::Open)?;
    let size = file.metadata().map_err(DraftError::Open)?.len();
    let mut bytes = Vec::new();
    file.by_ref().take(MAX_DRAFT).read_to_end(&mut bytes).map_err(DraftError::Open)?;
    let limit = if bytes.iter().take(100).any(|byte| *byte == b'<') { MAX_ALERT } else { MAX_DRAFT };
    if size > limit {
        return Err(DraftError::TooLarge(limit));
    }
    file.take(limit + 1 - bytes.len() as u64).read_to_end(&mut bytes).map_err(DraftError::Open)?;
    if bytes.len() as u64 > limit { Err(DraftError::TooLarge(limit)) } else { Ok(bytes) }
}
