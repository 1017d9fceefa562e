//! Why nobody of a list that somebody brings can be read.

use serde::Serialize;
use ts_rs::TS;

use crate::import::zip;

/// Why nothing of a file is a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "ListRefusal")]
pub enum Refusal {
    /// More bytes than any list has.
    #[error("the file is too large: no more than 16 MB is read")]
    TooLarge,
    /// More rows, or more of them than it says.
    #[error("the file holds more than 2500 rows, and is not read")]
    TooMuch,
    /// Neither text nor a workbook of today.
    #[error("this kind of file is not read: it is neither text, CSV nor XLSX")]
    UnknownKind,
    /// It begins as its kind does, and then is not what it should be.
    #[error("the file is damaged: it cannot be read to its end")]
    Damaged,
    /// There is no trip to put anybody on.
    #[error("no ministry is set")]
    NoMinistry,
    /// It is whole, and nobody is in it.
    #[error("there is nobody in the list")]
    Nobody,
}

impl From<zip::Fault> for Refusal {
    fn from(fault: zip::Fault) -> Self {
        match fault {
            zip::Fault::Damaged => Self::Damaged,
            zip::Fault::TooMuch => Self::TooMuch,
        }
    }
}
