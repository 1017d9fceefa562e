//! Files as officers hand them in: what they are is told by what is in them.

use std::{fs::File, io::Read, path::Path};

use super::draft::{Draft, DraftError, MAX_FILE};

pub fn read_draft(path: &Path) -> Result<Draft, DraftError> {
    let bytes = read_bounded(path)?;
    let is_json_file = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json"));
    // a UTF-16 file begins with its byte order mark, and only XML may be in it
    let begins = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes).trim_ascii_start().first();
    match begins {
        Some(b'<' | 0xfe | 0xff) => Draft::from_cap(&bytes),
        Some(b'{') => Draft::from_json(&bytes),
        Some(_) | None if is_json_file => Draft::from_json(&bytes),
        Some(_) | None => Err(DraftError::Neither),
    }
}

/// The size is asked first and the reading is bounded, so that no file can fill the memory.
fn read_bounded(path: &Path) -> Result<Vec<u8>, DraftError> {
    let file = File::open(path).map_err(DraftError::Open)?;
    let size = file.metadata().map_err(DraftError::Open)?.len();
    if size > MAX_FILE {
        return Err(DraftError::TooLarge);
    }
    let mut bytes = Vec::new();
    file.take(MAX_FILE + 1).read_to_end(&mut bytes).map_err(DraftError::Open)?;
    if bytes.len() as u64 > MAX_FILE { Err(DraftError::TooLarge) } else { Ok(bytes) }
}
