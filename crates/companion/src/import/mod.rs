//! Files that others wrote, read into the legs of a trip: proposed, for the traveller to accept.
//!
//! Each kind is read into reservations, a file of ours a kind; [`legs`] alone makes legs of them. Nothing is left out
//! without a note. Who reads is never at the mercy of the file: size, depth and number have limits.

mod bcbp;
mod eml;
mod html;
mod ics;
mod itinerary;
mod jsonld;
mod legs;
mod pkpass;
mod places;
mod reservation;
mod seen;
mod shown;
pub(crate) mod text;
mod when;
pub(crate) mod zip;

use jiff::{Timestamp, civil::Date, tz::TimeZone};
use serde::Serialize;
use ts_rs::TS;

pub use reader::{Seen, Unseen};

pub use legs::{LegKind, Proposal, ProposedLeg};
pub use reservation::{Note, NoteCode};
pub use shown::LegToTake;
pub use when::Local;

use crate::places::{self as picked, PickedPlace};
use reservation::Found;

/// No file of a journey is larger: a mail with pictures is about as large as this.
pub const MAX_BYTES: u64 = 16 * 1024 * 1024;
/// The passes of a family, there and back.
pub const MAX_FILES: usize = 12;
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
    /// More than [`MAX_FILES`].
    #[error("there are too many files: no more than {MAX_FILES} are read at once")]
    Several,
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
    /// A picture in which none is seen.
    #[error("no barcode can be read in the picture: take it straight, near and in even light")]
    NoBarcode,
    /// A PDF of pictures alone.
    #[error("there is no text in the PDF, and no barcode: make a picture of the barcode")]
    NoText,
    /// A PDF that opens with a password.
    #[error("the PDF is locked with a password: save it without one")]
    Locked,
    /// Whoever read it came to no end in the time and memory that a ticket takes.
    #[error("the file could not be read to its end, for it is too heavy or broken")]
    TooHeavy,
    /// Pictures and PDF, where nobody reads them.
    #[error("pictures and PDF are not read on this system")]
    NotHere,
}

impl From<zip::Fault> for Refusal {
    fn from(fault: zip::Fault) -> Self {
        match fault {
            zip::Fault::Damaged => Self::Damaged,
            zip::Fault::TooMuch => Self::TooMuch,
        }
    }
}

impl From<Unseen> for Refusal {
    fn from(unseen: Unseen) -> Self {
        match unseen {
            Unseen::TooMuch => Self::TooMuch,
            Unseen::Damaged => Self::Damaged,
            Unseen::Locked => Self::Locked,
            Unseen::Unfinished => Self::TooHeavy,
            Unseen::NotHere => Self::NotHere,
        }
    }
}

/// One of several files of which nothing is proposed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[ts(rename = "ImportRefused")]
pub struct Refused {
    /// Which of them, from 0.
    pub file: u32,
    /// Why.
    pub why: Refusal,
}

/// What files propose together, as the screen shows it.
#[derive(Debug, PartialEq, Serialize, TS)]
pub struct Proposed {
    /// Where the trip begins.
    pub origin: Option<PickedPlace>,
    /// In the order of time.
    pub legs: Vec<LegToTake>,
    /// What the file says besides, and what it does not say.
    pub notes: Vec<Note>,
    /// Of several files, those of which nothing is proposed.
    pub refused: Vec<Refused>,
}

impl From<(Proposal, Vec<Refused>)> for Proposed {
    fn from((Proposal { origin, legs, notes }, refused): (Proposal, Vec<Refused>)) -> Self {
        let origin = origin.and_then(|code| picked::airport(&code));
        Self { origin, legs: legs.into_iter().map(LegToTake::from).collect(), notes, refused }
    }
}

/// Looks at pictures and PDF where a fault of theirs ends nobody but the one who looks.
pub trait Reader {
    /// What is seen in the file.
    ///
    /// # Errors
    /// [`Unseen`] says why nothing is.
    fn see(&self, file: &[u8]) -> Result<Seen, Unseen>;
}

/// Where nobody looks at them.
pub struct NoReader;

impl Reader for NoReader {
    fn see(&self, _: &[u8]) -> Result<Seen, Unseen> {
        Err(Unseen::NotHere)
    }
}

/// What files are read with.
#[derive(Clone, Copy)]
pub struct With<'a> {
    /// Tells the year where a file says none.
    pub now: Timestamp,
    /// Looks at pictures and PDF.
    pub reader: &'a dyn Reader,
}

impl With<'_> {
    fn today(self) -> Date {
        TimeZone::UTC.to_datetime(self.now).date()
    }
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
    read: fn(&File, With) -> Result<Found, Refusal>,
}

/// All that is read. The first that a file is counts.
const KINDS: [Kind; 8] = [
    Kind { name: "a picture of a barcode (.png, .jpg)", is: seen::is_picture, read: seen::read_picture },
    Kind { name: "an e-ticket (.pdf)", is: seen::is_pdf, read: seen::read_pdf },
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

/// The legs that a file proposes.
///
/// # Errors
/// A [`Refusal`], when nothing can be proposed and there is nothing to say of it.
pub fn read(bytes: &[u8], with: With) -> Result<Proposal, Refusal> {
    found(bytes, with).map(legs::legs)
}

/// The legs that several files propose together, as one journey, and of which of them nothing is.
///
/// # Errors
/// A [`Refusal`], when nothing is proposed of any: the first one's.
pub fn read_several(files: &[&[u8]], with: With) -> Result<(Proposal, Vec<Refused>), Refusal> {
    if files.len() > MAX_FILES {
        return Err(Refusal::Several);
    }
    let (mut all, mut refused) = (Found::default(), Vec::new());
    for (file, bytes) in (0..).zip(files) {
        match found(bytes, with) {
            Ok(found) => all.add(found),
            Err(why) => refused.push(Refused { file, why }),
        }
    }
    match refused.first() {
        Some(first) if refused.len() == files.len() => Err(first.why),
        Some(_) | None => Ok((legs::legs(all), refused)),
    }
}

fn found(bytes: &[u8], with: With) -> Result<Found, Refusal> {
    if bytes.len() as u64 > MAX_BYTES {
        return Err(Refusal::TooLarge);
    }
    let file = File::new(bytes);
    let kind = KINDS.iter().find(|kind| (kind.is)(&file)).ok_or(Refusal::UnknownKind)?;
    let found = (kind.read)(&file, with)?;
    if found.reservations.len() + found.notes.len() > MAX_RESERVATIONS {
        return Err(Refusal::TooMuch);
    }
    if found.reservations.is_empty() && found.notes.is_empty() {
        return Err(Refusal::NoJourney);
    }
    Ok(found)
}

#[cfg(test)]
mod tests;
