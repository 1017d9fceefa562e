//! What the front answers.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::Kind;
use crate::{
    ids::{DeviceId, TripId},
    jws::Jws,
    log::Frame,
    seal::Sealed,
};

/// The answer to a PUT or DELETE of a record: what the register now holds.
/// A late older version is answered with the newer one it lost to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Accepted {
    /// The version now held.
    pub version: u32,
    /// When that version came, by the front's clock.
    #[schema(value_type = String, format = DateTime)]
    pub received_at: Timestamp,
}

/// The answer to who has the code on paper of a device: its trips that are sealed to that code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct PaperTrips {
    /// By id.
    pub trips: Vec<PaperTrip>,
}

/// One of them; nothing of it is plain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct PaperTrip {
    /// As the app made it.
    pub id: TripId,
    /// The version that stands.
    pub version: u32,
    /// To the key that is made from the code.
    pub sealed_to_owner: Sealed,
}

/// Body of the desk's `POST /v1/entries`: all are taken, or none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Submission {
    /// In the order they are to stand.
    pub entries: Vec<Jws>,
}

/// Its answer: where each of them stands, in the same order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Published {
    /// One for each entry.
    pub frames: Vec<Frame>,
}

/// The answer of the desk's `GET /v1/records?since=`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct RecordsPage {
    /// Another one: begin again at 0.
    pub epoch: String,
    /// By their number, each record once.
    pub changes: Vec<Change>,
    /// What to ask for `since` next.
    pub next: u64,
    /// Whether there is another page already.
    pub more: bool,
}

/// One record as it is now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Change {
    /// Grows with every change of the register, within one epoch.
    pub number: u64,
    /// What it is a record of.
    pub kind: Kind,
    /// Where it was erased, a device among what can be: the SHA-256 of its id, base64url. Nothing more of it is left.
    pub id: String,
    /// Absent where it was erased.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub device: Option<DeviceId>,
    /// By the front's clock.
    #[schema(value_type = String, format = DateTime)]
    pub received_at: Timestamp,
    /// Absent where it was deleted or erased.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    pub record: Option<serde_json::Value>,
    /// Of a trip: the devices that it was taken over from by a code on paper.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub was_of: Vec<Former>,
    /// Of a check-in: its device.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub made: Option<Made>,
    /// Where it was erased: by its person, who erased everything. Else it was kept long enough, or went with its trip.
    #[serde(default, skip_serializing_if = "super::is_false")]
    pub by_person: bool,
}

/// How a device came, so that one network that makes thousands is told from as many people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Made {
    /// Since when it is known, by the front's clock.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// A name of the network it was made from, the same for as long as the front runs; no address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub network: Option<String>,
}

/// A device from which a trip was taken over. What it says of the trip is the word of whoever leads it now, for the desk once
/// an officer confirmed that it is the same person; what it says of no trip stays its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Former {
    /// Whose the trip was.
    pub device: DeviceId,
    /// When it was taken over, by the front's clock.
    #[schema(value_type = String, format = DateTime)]
    pub until: Timestamp,
}

/// The answer of the desk's `GET /v1/headcount`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Headcount {
    /// People whose plan puts them there at that time, those who say so themselves among them.
    pub people: u64,
    /// Trips among whose legs that place is at that time.
    pub trips: u64,
    /// People whose trip ended there before that time without "I have left"; beside the total, not in it.
    pub overdue: u64,
    /// People there by the word that stands: a cry for help until it is answered, else the latest.
    pub safe: u64,
    /// Those who ask for help.
    pub need_help: u64,
    /// Those who cannot go on.
    pub stranded: u64,
    /// Those whose own word from there is not a day old.
    #[serde(default)]
    pub heard: u64,
    /// Of those who need help, the ones without a registered trip: counted by the place of their word.
    #[serde(default)]
    pub need_help_without_trip: u64,
    /// People of one device beyond a party; beside the total, not in it.
    #[serde(default)]
    pub beyond_party: u64,
    /// The time that was asked for.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// When the newest record that was counted came in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub as_of: Option<Timestamp>,
}
