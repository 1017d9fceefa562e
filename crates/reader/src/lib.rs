//! Sees the barcodes of a picture, and the text and the barcodes of a PDF.
//!
//! What it stands on may panic, run in circles or ask for all the memory that there is. So [`see`] is called in a
//! process of its own alone, and what it saw is a stranger's text as any other.

mod barcodes;
mod pdf;
mod picture;

use serde::{Deserialize, Serialize};

/// What is seen in a file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// What each barcode says.
    pub barcodes: Vec<String>,
    /// Lines, from the top of the first page to the foot of the last.
    pub lines: Vec<String>,
}

/// Why nothing is seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unseen {
    /// More pixels or more pages than a ticket has.
    #[error("there is more in it than in a ticket")]
    TooMuch,
    /// It begins as its kind does, and then is not what it should be.
    #[error("it cannot be read to its end")]
    Damaged,
    /// It opens with a password.
    #[error("it is locked with a password")]
    Locked,
    /// Whoever read it came to an end before it did: of the time, of the memory, or by a fault.
    #[error("whoever read it did not come to its end")]
    Unfinished,
    /// This system starts nobody who could read it.
    #[error("nobody here reads it")]
    NotHere,
}

/// A PNG or a JPEG.
pub fn is_picture(file: &[u8]) -> bool {
    picture::is(file)
}

/// A PDF.
pub fn is_pdf(file: &[u8]) -> bool {
    pdf::is(file)
}

/// What is seen in a picture or a PDF.
///
/// # Errors
/// [`Unseen`], where it can say so: it may as well panic, or never answer.
pub fn see(file: &[u8]) -> Result<Seen, Unseen> {
    if pdf::is(file) {
        return pdf::see(file);
    }
    let picture = picture::decode(file)?;
    Ok(Seen { barcodes: barcodes::of(&picture), lines: Vec::new() })
}
