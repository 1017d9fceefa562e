//! The record of a tap on the call button, which says "called", not "in need".

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{InvalidField, Kind, Record, check_instant, check_version};
use crate::{open_enum::open_enum, phone::PhoneNumber, place::CountryCode};

open_enum! {
    /// What came of a call. Only `still_need_help` opens a case.
    pub enum CallOutcome {
        /// The dialler was opened; no more is known.
        Called,
        /// Somebody answered.
        GotThrough,
        /// Nobody answered, or it did not help.
        StillNeedHelp,
        /// Nobody was to be called.
        TappedByMistake,
        /// It was about somebody else: the caller asks for nothing for themselves.
        ForOthers,
    }
    /// Read as called.
    other
}

/// Body of `PUT /v1/calls/{id}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Call {
    /// From 1; a higher one replaces.
    #[schema(minimum = 1, maximum = 2147483647)]
    pub version: u32,
    /// The ministry's number that was handed to the dialler; absent for a local emergency number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<PhoneNumber>,
    /// As far as the traveller has said.
    pub outcome: CallOutcome,
    /// Where the traveller was, by the app.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<CountryCode>,
    /// When the button was tapped.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
}

impl Record for Call {
    const KIND: Kind = Kind::Call;

    fn version(&self) -> u32 {
        self.version
    }

    fn check(&self) -> Result<(), InvalidField> {
        check_version(self.version)?;
        check_instant(self.at, "/at")
    }

    fn asks_for_help(&self) -> bool {
        self.outcome == CallOutcome::StillNeedHelp
    }
}
