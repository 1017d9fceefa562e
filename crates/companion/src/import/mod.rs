//! Files that others wrote, read into the legs of a trip: proposed, for the traveller to accept.
//!
//! Each kind is read into reservations, a file of ours a kind; [`legs`] alone makes legs of them. Nothing is left out
//! without a note. Who reads is never at the mercy of the file: size, depth and number have limits.

mod bcbp;
mod eml;
mod html;
mod ics;
mod jsonld;
mod legs;
mod pkpass;
mod places;
mod reservation;
mod shown;
pub(crate) mod text;
mod when;
pub(crate) mod zip;

use jiff::Timestamp;
use serde::Serialize;
use ts_rs::TS;

pub use legs::{LegKind, Proposal, ProposedLeg};
pub use reservation::{Note, NoteCode};
pub use shown::{LegToTake, Proposed};
pub use when::Local;

use reservation::Found;

/// No file of a journey is larger: a mail with pictures is about as large as this.
pub const MAX_BYTES: u64 = 16 * 1024 * 1024;
/// More reservations than this, with what is said of others, are no journey of anybody.
const MAX_RESERVATIONS: usize = 500;

/// Why nothing of a file is proposed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "ImportRefusal")]
pub enum Refusal {
    /// Longer than [`MAX_BYTES`].
    #[error("the file is too large: no more than 16 MB is read")]
    TooLarge,
    /// What it unpacks to, or what it holds, is beyond every journey.
    #[error("the file holds more than a journey does, and is not read")]
    TooMuch,
    /// None of [`KINDS`].
    #[error("this kind of file is not read: it is none of {}", names())]
    UnknownKind,
    /// It begins as its kind does, and then is not what it should be.
    #[error("the file is damaged: it cannot be read to its end")]
    Damaged,
    /// It is whole, and no journey is in it.
    #[error("there is no flight, train or lodging in the file")]
    NoJourney,
}

/// A file as it is handed in.
struct File<'a> {
    bytes: &'a [u8],
    /// What is written, whatever it is encoded in; none of something that is no text.
    text: Option<String>,
}

impl<'a> File<'a> {
    fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, text: text::decode(bytes) }
    }
}

/// A kind of file.
struct Kind {
    /// In the words of a refusal.
    name: &'static str,
    is: fn(&File) -> bool,
    read: fn(&File, Timestamp) -> Result<Found, Refusal>,
}

/// All that is read. The first that a file is counts.
const KINDS: [Kind; 6] = [
    Kind { name: "a calendar (.ics)", is: ics::is, read: ics::read },
    Kind { name: "a boarding pass of a wallet (.pkpass)", is: pkpass::is, read: pkpass::read },
    Kind { name: "the text of a boarding pass's barcode", is: bcbp::is, read: bcbp::read },
    Kind { name: "reservations in JSON-LD (.json)", is: jsonld::is, read: jsonld::read },
    Kind { name: "a page (.html)", is: html::is, read: html::read },
    Kind { name: eml::NAME, is: eml::is, read: eml::read },
];

fn names() -> String {
    KINDS.map(|kind| kind.name).join(", ")
}

/// The legs that a file proposes. `now` tells the year where a file says none.
///
/// # Errors
/// A [`Refusal`], when nothing can be proposed and there is nothing to say of it.
pub fn read(bytes: &[u8], now: Timestamp) -> Result<Proposal, Refusal> {
    let found = found(bytes, now)?;
    if found.reservations.is_empty() && found.notes.is_empty() {
        return Err(Refusal::NoJourney);
    }
    Ok(legs::legs(found))
}

fn found(bytes: &[u8], now: Timestamp) -> Result<Found, Refusal> {
    if bytes.len() as u64 > MAX_BYTES {
        return Err(Refusal::TooLarge);
    }
    let file = File::new(bytes);
    let kind = KINDS.iter().find(|kind| (kind.is)(&file)).ok_or(Refusal::UnknownKind)?;
    let found = (kind.read)(&file, now)?;
    if found.reservations.len() + found.notes.len() > MAX_RESERVATIONS {
        return Err(Refusal::TooMuch);
    }
    Ok(found)
}

#[cfg(test)]
mod tests;
