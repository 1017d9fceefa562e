//! One file out of a ZIP, and no more of it than it may have.

use std::io::Read;

use flate2::bufread::DeflateDecoder;
use rawzip::{CompressionMethod, ZipArchive};

/// A pass in twenty languages has fewer files, and so has a workbook.
const MAX_FILES: usize = 300;

/// Why nothing is unpacked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// It cannot be read to its end.
    Damaged,
    /// More files, or more in the wanted one, than there may be.
    TooMuch,
}

pub fn is(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
}

/// The first file whose path is `wanted`, unpacked to no more than `most` bytes; `None` where there is none.
///
/// # Errors
/// [`Fault`].
pub fn unpacked(bytes: &[u8], wanted: impl Fn(&[u8]) -> bool, most: u64) -> Result<Option<Vec<u8>>, Fault> {
    let archive = ZipArchive::from_slice(bytes).map_err(|_| Fault::Damaged)?;
    let mut entries = archive.entries();
    for _ in 0..MAX_FILES {
        let Some(entry) = entries.next_entry().map_err(|_| Fault::Damaged)? else { return Ok(None) };
        if !wanted(entry.file_path().as_bytes()) {
            continue;
        }
        let packed = archive.get_entry(entry.wayfinder()).map_err(|_| Fault::Damaged)?;
        let reader: Box<dyn Read> = match entry.compression_method() {
            CompressionMethod::STORE => Box::new(packed.data()),
            CompressionMethod::DEFLATE => Box::new(DeflateDecoder::new(packed.data())),
            _other => return Err(Fault::Damaged),
        };
        let mut file = Vec::new();
        reader.take(most + 1).read_to_end(&mut file).map_err(|_| Fault::Damaged)?;
        return if file.len() as u64 > most { Err(Fault::TooMuch) } else { Ok(Some(file)) };
    }
    Err(Fault::TooMuch)
}
