//! PDF: its text in lines, and the barcodes of its pictures.

use crate::{Seen, Unseen};

pub fn is(file: &[u8]) -> bool {
    file.trim_ascii_start().starts_with(b"%PDF-")
}

pub fn see(_file: &[u8]) -> Result<Seen, Unseen> {
    Err(Unseen::NotHere)
}
