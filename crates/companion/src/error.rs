//! What can go wrong on the device, with the stable codes the screens have words for.

use serde::Serialize;
use ts_rs::TS;

/// Why the app cannot keep what is entered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Trouble {
    #[error("the profile file cannot be read")]
    ProfileUnreadable,
    #[error("the data folder cannot be written")]
    FolderNotWritable,
    #[error("the data was written by a newer version of the app")]
    DataIsNewer,
    #[error("the data belongs to another ministry")]
    DataOfAnotherMinistry,
    #[error("the data file is damaged")]
    DataDamaged,
    #[error("the disk is full")]
    DiskFull,
}

/// What a command answers when it did not do what was asked. Nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, TS)]
#[error("{code:?} {field:?}")]
pub struct Failure {
    pub code: FailureCode,
    /// JSON pointer into the draft, for a field at fault.
    pub field: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FailureCode {
    DiskFull,
    StoreUnavailable,
    NotFound,
    NotPrinted,
    NoMinistry,
    NoLegs,
    TooManyLegs,
    UnknownAirport,
    UnknownCountry,
    UnknownCity,
    ImpossibleDate,
    EndsBeforeItBegins,
    LegsOutOfOrder,
    TooLong,
    NoPeople,
    TooManyPeople,
    PhoneInvalid,
    TextTooLong,
}

impl Failure {
    pub fn new(code: FailureCode) -> Self {
        Self { code, field: None }
    }

    pub fn at(code: FailureCode, field: impl Into<String>) -> Self {
        Self { code, field: Some(field.into()) }
    }
}
