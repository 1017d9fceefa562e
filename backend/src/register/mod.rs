//! What the ministry keeps of trips and check-ins, and what is decided about it without a database.

pub mod headcount;

use contract::{
    hash::Hash,
    ids::{CallId, CheckInId, DeviceId, TripId},
    place::{AirportCode, CountryCode},
    record::{Accepted, Call, CheckIn, Device, Headcount, Receipt, Trip},
};
use futures_util::future::BoxFuture;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::storage::StorageError;

#[derive(Debug, thiserror::Error)]
pub enum RegisterError {
    #[error("this id belongs to a device with another token")]
    DeviceTaken,
    #[error("no such device")]
    UnknownDevice,
    #[error("no such record of this device")]
    NotFound,
    #[error(transparent)]
    Storage(#[from] StorageError),
    #[error("a stored record could not be read or written")]
    Record(#[from] serde_json::Error),
    #[error("a stored time is out of range")]
    Time(#[from] jiff::Error),
}

/// Where people are counted. A country counts the transits through its airports too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Where {
    Country(CountryCode),
    Airport(AirportCode),
}

/// One record in an [`Export`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Exported<Id, T> {
    pub id: Id,
    pub version: u32,
    #[schema(value_type = String, format = DateTime)]
    pub received_at: Timestamp,
    /// Absent for a deleted trip.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub record: Option<T>,
}

/// Everything the register holds of one device. The private part is as it was sent: sealed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Export {
    pub id: DeviceId,
    pub device: Device,
    pub trips: Vec<Exported<TripId, Trip>>,
    pub check_ins: Vec<Exported<CheckInId, CheckIn>>,
    pub calls: Vec<Exported<CallId, Call>>,
    pub receipts: Vec<Receipt>,
}

pub type Answer<'a, T> = BoxFuture<'a, Result<T, RegisterError>>;

/// A higher version wins, an equal one is the same request, an older one loses; each is answered with what stands.
/// A record of another device is [`RegisterError::NotFound`].
pub trait Register: Send + Sync {
    /// Changes when the register was restored from a backup.
    fn epoch(&self) -> Answer<'_, String>;

    /// The same id with the same token and key is the same device.
    fn put_device(&self, id: DeviceId, device: Device, now: Timestamp) -> Answer<'_, Accepted>;
    fn device_with_token(&self, token_hash: Hash) -> Answer<'_, Option<DeviceId>>;

    fn put_trip(&self, owner: DeviceId, id: TripId, trip: Trip, now: Timestamp) -> Answer<'_, Accepted>;
    /// Leaves a tombstone that no version up to this one can revive.
    fn delete_trip(&self, owner: DeviceId, id: TripId, version: u32, now: Timestamp) -> Answer<'_, Accepted>;
    fn put_check_in(&self, owner: DeviceId, id: CheckInId, check_in: CheckIn, now: Timestamp) -> Answer<'_, Accepted>;
    fn put_call(&self, owner: DeviceId, id: CallId, call: Call, now: Timestamp) -> Answer<'_, Accepted>;
    /// Adds to what is known of each advisory's way; a time once told is not taken back.
    fn put_receipts(&self, owner: DeviceId, receipts: Vec<Receipt>, now: Timestamp) -> Answer<'_, Accepted>;

    fn export(&self, owner: DeviceId) -> Answer<'_, Export>;
    /// All of it, at once.
    fn erase(&self, owner: DeviceId) -> Answer<'_, ()>;

    fn headcount(&self, place: Where, at: Timestamp) -> Answer<'_, Headcount>;
}

/// What stands under an id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    pub owner: DeviceId,
    pub version: u32,
    pub received_at: Timestamp,
}

/// Whether a request of `version` is to be stored, or is answered with what stands.
pub fn judge(standing: Option<Standing>, owner: DeviceId, version: u32) -> Result<Option<Accepted>, RegisterError> {
    match standing {
        Some(standing) if standing.owner != owner => Err(RegisterError::NotFound),
        Some(Standing { version: held, received_at, .. }) if held >= version => {
            Ok(Some(Accepted { version: held, received_at }))
        }
        Some(_) | None => Ok(None),
    }
}
