//! What a device tells the front: plain only what must be counted, the rest sealed. One file a kind.

mod answer;
mod call;
mod check_in;
mod device;
mod letter;
mod message;
mod need;
mod person;
mod private;
mod receipt;
mod trip;

pub use answer::{
    Accepted, Change, Former, Headcount, Made, PaperTrip, PaperTrips, Published, RecordsPage, Submission,
};
pub use call::{Call, CallOutcome};
pub use check_in::{CheckIn, CheckInStatus, PeopleByStatus, most_urgent};
pub use device::Device;
pub use letter::{
    CaseKind, CaseStep, CaseWord, Letter, Letters, NumberedLetter, Posted, PrivateLetter, Promised, Rank,
};
pub use message::{About, MAX_TEXT, Message, PrivateMessage, QuickAnswer, check_text};
pub use need::{Need, NeedsOfOne, PlaceSource, PrivateCheckIn, SafeContact, SaidPlace};
pub use person::{MAX_MEDICINE, Needs, Person};
pub use private::{ArrivesBy, Consent, ForRelatives, GivenBy, Intent, NextOfKin, PrivateLeg, PrivateTrip};
pub use receipt::{Receipt, Receipts};
pub use trip::{MAX_PEOPLE, PlainLeg, Trip};

use jiff::Timestamp;
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::seal::Sealed;

/// Writes [`Kind`]: of each kind its word for one and for many, and the largest body in KiB.
macro_rules! kinds {
    ($($kind:ident($one:literal, $many:literal, $kib:literal): $what:literal),* $(,)?) => {
        /// The kinds of records that a device puts, the most urgent first.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema)]
        #[serde(rename_all = "snake_case")]
        pub enum Kind {
            $(#[doc = $what] $kind,)*
        }

        impl Kind {
            /// Each of them.
            pub const ALL: [Self; [$($one),*].len()] = [$(Self::$kind),*];

            /// The word for one of them, as it is written in JSON.
            pub fn name(self) -> &'static str {
                match self { $(Self::$kind => $one,)* }
            }

            /// The word for many: a list of an export, a part of an address.
            pub fn plural(self) -> &'static str {
                match self { $(Self::$kind => $many,)* }
            }

            /// The largest body that the front takes, in bytes.
            pub fn max_bytes(self) -> usize {
                match self { $(Self::$kind => $kib * 1024,)* }
            }
        }
    };
}

kinds! {
    Device("device", "devices", 4): "A device.",
    Call("call", "calls", 4): "A call.",
    CheckIn("check_in", "check_ins", 16): "A check-in.",
    Message("message", "messages", 16): "A message.",
    Trip("trip", "trips", 1216): "A trip.",
    Receipts("receipts", "receipts", 256): "The receipts of a device.",
}

/// A record as it is put: the body of `PUT` at [`path::record`](crate::http::path::record).
pub trait Record: Serialize + DeserializeOwned {
    /// Which it is: its address and its size follow.
    const KIND: Kind;

    /// Which state of the record this is: a repeat is the same request, a late older one loses.
    fn version(&self) -> u32;

    /// Bounds that hold for every ministry; whether a place exists is the atlas's to say.
    ///
    /// # Errors
    /// The first field that does not hold.
    fn check(&self) -> Result<(), InvalidField>;

    /// Whether somebody asks for help with it.
    fn asks_for_help(&self) -> bool {
        false
    }
}

/// A field that does not hold.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{pointer}: {reason}")]
pub struct InvalidField {
    /// JSON pointer (RFC 6901).
    pub pointer: String,
    /// For a developer, in English.
    pub reason: &'static str,
}

impl InvalidField {
    /// `pointer` as RFC 6901 writes it.
    pub fn new(pointer: impl Into<String>, reason: &'static str) -> Self {
        Self { pointer: pointer.into(), reason }
    }
}

fn is_false(said: &bool) -> bool {
    !said
}

/// `Ok` where `holds`, else the field at fault.
fn require(holds: bool, pointer: impl Into<String>, reason: &'static str) -> Result<(), InvalidField> {
    if holds { Ok(()) } else { Err(InvalidField::new(pointer, reason)) }
}

/// The highest version of a record: over whatever is held, another can be put.
pub const MAX_VERSION: u32 = i32::MAX as u32;

/// Versions run from 1 to [`MAX_VERSION`].
///
/// # Errors
/// This one does not.
pub fn check_version(version: u32) -> Result<(), InvalidField> {
    require((1..=MAX_VERSION).contains(&version), "/version", "versions run from 1 to 2147483647")
}

/// Instants that a journey of today can have: 2000 to 2100.
const EARLIEST: Timestamp = Timestamp::constant(946_684_800, 0);
const LATEST: Timestamp = Timestamp::constant(4_102_444_800, 0);

fn check_instant(at: Timestamp, pointer: impl Into<String>) -> Result<(), InvalidField> {
    require((EARLIEST..=LATEST).contains(&at), pointer, "not an instant between the years 2000 and 2100")
}

fn check_sealed(sealed: &Sealed, pointer: &str) -> Result<(), InvalidField> {
    require(
        sealed.is_plausible(),
        format!("{pointer}/ciphertext"),
        "not a sealed part: whole KiB under a key and a tag",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_s_name_is_its_word_in_json() {
        for kind in Kind::ALL {
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.name());
        }
    }
}
