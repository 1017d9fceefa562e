//! What can go wrong on the device, with the stable codes the screens have words for.

#![deny(missing_docs)]

use serde::Serialize;
use ts_rs::TS;

/// Why the app cannot keep what is entered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Trouble {
    /// The call bar still dials 112.
    #[error("the profile file cannot be read")]
    ProfileUnreadable,
    /// Somebody else's, or mounted for reading.
    #[error("the data folder cannot be written")]
    FolderNotWritable,
    /// Left as it is: an update opens it.
    #[error("the data was written by a newer version of the app")]
    DataIsNewer,
    /// Left as it is: that ministry's app opens it.
    #[error("the data belongs to another ministry")]
    DataOfAnotherMinistry,
    /// Left as it is, for who can mend it.
    #[error("the data file is damaged")]
    DataDamaged,
    /// Room is needed, and the app opened again.
    #[error("the disk is full")]
    DiskFull,
}

/// What a command answers when it did not do what was asked. Nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, TS)]
#[error("{code:?} {field:?}")]
pub struct Failure {
    /// What the screen has words for.
    pub code: FailureCode,
    /// JSON pointer into the draft, for a field at fault.
    pub field: Option<String>,
}

/// Each has words in `ui/messages`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FailureCode {
    /// Nothing more can be kept.
    DiskFull,
    /// The store is not open, or could not be read or written.
    StoreUnavailable,
    /// There is no such trip or call.
    NotFound,
    /// The system took no page to print.
    NotPrinted,
    /// A file that was asked for could not be written.
    NotSaved,
    /// The app has no profile.
    NoMinistry,
    /// A trip has one leg at least.
    NoLegs,
    /// A trip has so many legs at most.
    TooManyLegs,
    /// No airport of the atlas has this code.
    UnknownAirport,
    /// No country of the atlas has this code.
    UnknownCountry,
    /// No city of the atlas has this key, or it is elsewhere.
    UnknownCity,
    /// No such day, or no such time.
    ImpossibleDate,
    /// A leg ends before it begins.
    EndsBeforeItBegins,
    /// Only the last leg may have no end.
    EndNotKnown,
    /// A leg begins before the one before it ends.
    LegsOutOfOrder,
    /// The traveller is on another trip at that time.
    AtOneTime,
    /// The same people are on a trip of others to the same places on the same days.
    EnteredAlready,
    /// A trip lasts longer than one may.
    TooLong,
    /// Somebody travels.
    NoPeople,
    /// There are not so many on the trip, or nobody would stay on it.
    NobodyStays,
    /// Everybody on the trip is on its list: who goes is ticked there.
    TickMore,
    /// More were ticked than go.
    TickFewer,
    /// More people than one trip may have.
    TooManyPeople,
    /// Somebody on a list has no name.
    NoName,
    /// The list is closed under a key that the system does not give now.
    NamesAway,
    /// Not a number that exists, by libphonenumber.
    PhoneInvalid,
    /// Letters that a passport's lines for machines do not have.
    NotLatin,
    /// There is nothing in it that says anything.
    NothingSaid,
    /// Nobody was seen of whom it could be said: whoever was is in need.
    NobodyWell,
    /// More letters than the field may have.
    TextTooLong,
    /// The trips are locked: the PIN is asked for.
    Locked,
    /// It is another PIN.
    PinWrong,
    /// Too many were wrong: no PIN is tried yet.
    PinWait,
    /// A PIN has 4 to 12 digits.
    PinNotDigits,
    /// In a code on paper a letter of this group is wrong, from 1.
    PaperGroup,
    /// A code on paper goes on after these groups.
    PaperShort,
    /// A code on paper has no more than its groups.
    PaperLong,
    /// The code on paper is another ministry's.
    PaperOfAnother,
    /// The ministry has nothing under this code: void, used, or erased.
    PaperUnknown,
    /// All that the code opens is over.
    PaperOver,
    /// All that the code opens is on this phone.
    PaperHere,
    /// What the code opens was written by a newer app.
    PaperUnreadable,
    /// No code on paper is seen in the picture.
    PaperNotSeen,
    /// The ministry is not reached.
    NoNetwork,
    /// The ministry's server does not answer this now.
    FrontBusy,
    /// The ministry's server does not know what is asked of it.
    FrontTooOld,
}

impl Failure {
    /// Of the whole command.
    pub fn new(code: FailureCode) -> Self {
        Self { code, field: None }
    }

    /// Of the field that a JSON pointer names.
    pub fn at(code: FailureCode, field: impl Into<String>) -> Self {
        Self { code, field: Some(field.into()) }
    }
}
