//! What a device tells the front: plain only what must be counted, the rest sealed.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    ids::{EntryId, TripId},
    place::{AirportCode, CountryCode},
    seal::Sealed,
};

/// `Register-Epoch`: changes when the register was restored, and the app sends again all that lives.
pub const EPOCH_HEADER: &str = "register-epoch";

/// Body of `PUT /v1/devices/{id}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Device {
    /// SHA-256 of the device's token, base64url.
    pub token_hash: String,
    /// X25519 public key for messages sealed to this device, base64url.
    pub public_key: String,
}

/// One leg as the register sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PlainLeg {
    pub country: CountryCode,
    /// Present for a transit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub airport: Option<AirportCode>,
    #[schema(value_type = String, format = DateTime)]
    pub from: Timestamp,
    #[schema(value_type = String, format = DateTime)]
    pub until: Timestamp,
}

/// Body of `PUT /v1/trips/{id}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Trip {
    pub version: u32,
    /// How many travel, the traveller among them.
    pub people: u16,
    pub legs: Vec<PlainLeg>,
    pub sealed: Sealed,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ts_rs::TS, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CheckInStatus {
    Safe,
    NeedHelp,
    Left,
    Stranded,
}

/// Body of `PUT /v1/check-ins/{id}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CheckIn {
    pub version: u32,
    pub status: CheckInStatus,
    /// The trip it speaks of, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trip: Option<TripId>,
    pub people: u16,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<CountryCode>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub airport: Option<AirportCode>,
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
}

/// What came of a tap on the call button. Only `still_need_help` opens a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ts_rs::TS, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CallOutcome {
    Called,
    GotThrough,
    StillNeedHelp,
    TappedByMistake,
}

/// Body of `PUT /v1/calls/{id}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Call {
    pub version: u32,
    /// The number handed to the dialler.
    pub number: String,
    pub outcome: CallOutcome,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<CountryCode>,
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
}

/// One advisory as it reached one traveller, in the `PUT /v1/receipts` list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Receipt {
    pub entry: EntryId,
    pub version: u32,
    #[schema(value_type = String, format = DateTime)]
    pub delivered_at: Timestamp,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub shown_at: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub read_at: Option<Timestamp>,
}

/// The answer to a PUT or DELETE of a record: what the register now holds.
/// A late older version is answered with the newer one it lost to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Accepted {
    pub version: u32,
    #[schema(value_type = String, format = DateTime)]
    pub received_at: Timestamp,
}

/// Body of `POST /v1/bulletin/entries`: one compact JWS.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Submission {
    pub entry: String,
}

/// Where an entry stands in the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Published {
    pub seq: u64,
}

/// The answer of `GET /v1/officer/headcount`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Headcount {
    /// People whose plan puts them there at that time.
    pub people: u64,
    pub trips: u64,
    /// People whose trip ended there before that time without "I have left"; beside the total, not in it.
    pub overdue: u64,
    /// People there by the latest check-in of their trip.
    pub safe: u64,
    pub need_help: u64,
    pub stranded: u64,
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// When the newest record that was counted came in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub as_of: Option<Timestamp>,
}
