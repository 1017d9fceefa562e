//! What the ministry keeps of trips and check-ins, and what is decided about it without a database.

#![deny(missing_docs)]

pub mod changes;
pub mod export;
pub mod headcount;
pub mod kept;
pub mod letters;
pub mod quota;

use contract::{
    hash::Hash,
    ids::DeviceId,
    place::{AirportCode, CountryCode},
    profile::Retention,
    record::{Accepted, Device, Headcount, Letter, Letters, PaperTrip, Posted, Receipt, RecordsPage},
};
use futures_util::future::BoxFuture;
use jiff::Timestamp;

use crate::storage::StorageError;
use export::{After, List, Row};
use kept::Incoming;

/// Why a record was not taken or given.
#[derive(Debug, thiserror::Error)]
pub enum RegisterError {
    /// The id or the token is another device's.
    #[error("this id belongs to a device with another token")]
    DeviceTaken,
    /// It never was here, or was erased.
    #[error("no such device")]
    UnknownDevice,
    /// There is none, or it is another device's.
    #[error("no such record of this device")]
    NotFound,
    /// It was this device's, and was taken over by another with a code on paper.
    #[error("this trip was taken over by another device")]
    TripMoved,
    /// Two contents for one version.
    #[error("this version is held with other content; raise the version and send it again")]
    VersionConflict,
    /// See [`quota`].
    #[error("this device has as much in the register as it may")]
    QuotaReached,
    /// The database could not do it.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// What is stored has another shape.
    #[error("a stored record could not be read or written")]
    Record(#[from] serde_json::Error),
    /// What is stored is no instant.
    #[error("a stored time is out of range")]
    Time(#[from] jiff::Error),
}

/// Where people are counted. A country counts the transits through its airports too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Where {
    /// In a country.
    Country(CountryCode),
    /// At an airport.
    Airport(AirportCode),
}

/// What every call of a [`Register`] answers.
pub type Answer<'a, T> = BoxFuture<'a, Result<T, RegisterError>>;

/// A higher version wins, an equal one with the same content is the same request, an older one loses; each is answered
/// with what stands. An equal one with other content is [`RegisterError::VersionConflict`], over a deletion too.
/// A record of another device is [`RegisterError::NotFound`], but for a trip that comes with the token of its code on
/// paper: it moves, and what its device before sends of it is [`RegisterError::TripMoved`].
pub trait Register: Send + Sync {
    /// Changes when the register was restored from a backup.
    fn epoch(&self) -> Answer<'_, String>;

    /// The same id with the same token and key is the same device.
    fn put_device(&self, id: DeviceId, device: Device, network: Option<String>, now: Timestamp)
    -> Answer<'_, Accepted>;
    /// Whose token has this hash.
    fn device_with_token(&self, token_hash: Hash) -> Answer<'_, Option<DeviceId>>;

    /// What `record` is answered with where nothing of it is to be stored: the same stands, or a newer one.
    fn answered<'a>(&'a self, owner: DeviceId, record: &'a Incoming) -> Answer<'a, Option<Accepted>>;
    /// Keeps a record, or leaves a tombstone that only a higher version can revive; at one version the tombstone stands.
    /// A deleted trip takes its check-ins with it.
    fn put(&self, owner: DeviceId, record: Incoming, now: Timestamp) -> Answer<'_, Accepted>;
    /// Adds to what is known of each advisory's way; a time once told is not taken back.
    fn put_receipts(&self, owner: DeviceId, receipts: Vec<Receipt>, now: Timestamp) -> Answer<'_, Accepted>;

    /// Keeps what the desk wrote, each letter once by its id. Of those that wait for one device the newest are kept.
    fn post(&self, letters: Vec<Letter>, now: Timestamp) -> Answer<'_, Posted>;
    /// A page of what was written to a device after a number, which grows within the device.
    fn letters(&self, owner: DeviceId, since: u64) -> Answer<'_, Letters>;

    /// A device as it was put.
    fn device(&self, owner: DeviceId) -> Answer<'_, Device>;
    /// The trips of a device that are sealed to the code on paper whose token has this hash; none of an unknown device.
    fn on_paper(&self, device: DeviceId, token: Hash) -> Answer<'_, Vec<PaperTrip>>;
    /// A page of one list of an export, empty after the last.
    fn exported(&self, owner: DeviceId, list: List, after: After) -> Answer<'_, Vec<Row>>;
    /// How many bytes its longest record has.
    fn longest(&self, owner: DeviceId) -> Answer<'_, usize>;
    /// All of it, at once: nothing is left in the database, nor in what it keeps beside.
    fn erase(&self, owner: DeviceId, now: Timestamp) -> Answer<'_, ()>;
    /// Erases what has been kept as long as each class may be, and holds no write up meanwhile. Answers how many records
    /// that were.
    fn retain(&self, retention: Retention, now: Timestamp) -> Answer<'_, usize>;

    /// What changed after change number `since`, in pages; deletions included.
    fn changes(&self, since: u64) -> Answer<'_, RecordsPage>;
    /// Writes what is there already, as far as the disk: it tells whether writes go through.
    fn probe(&self) -> Answer<'_, ()>;

    /// People in `place` at that time.
    fn headcount(&self, place: Where, at: Timestamp) -> Answer<'_, Headcount>;
}

/// What stands under an id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// Whose it is.
    pub owner: DeviceId,
    /// The version that stands.
    pub version: u32,
    /// When it came in.
    pub received_at: Timestamp,
    /// Absent where it was deleted.
    pub record: Option<String>,
}

impl Standing {
    /// Whether it moves to whoever has the token of this hash. A deleted one never does.
    fn moves_to(&self, token: Option<Hash>) -> Result<bool, RegisterError> {
        #[derive(serde::Deserialize)]
        struct OnPaper {
            #[serde(default)]
            paper: Option<Hash>,
        }
        let (Some(token), Some(json)) = (token, &self.record) else { return Ok(false) };
        Ok(serde_json::from_str::<OnPaper>(json)?.paper == Some(token))
    }
}

/// Whether `record` is to be stored, or is answered with what stands. Both are JSON of the same making,
/// so that the same content has the same bytes; a deletion has none, and outranks what it deletes, in whichever order
/// they come.
///
/// # Errors
/// It belongs to another device, or the version is held with other content.
pub fn judge(
    standing: Option<&Standing>,
    owner: DeviceId,
    record: &Incoming,
) -> Result<Option<Accepted>, RegisterError> {
    let Some(held) = standing else { return Ok(None) };
    if held.owner != owner {
        // whoever takes it over goes over what stands: an older version is no answer to them
        return match held.moves_to(record.paper)? {
            true if held.version < record.version => Ok(None),
            true => Err(RegisterError::VersionConflict),
            false => Err(RegisterError::NotFound),
        };
    }
    if held.version < record.version {
        return Ok(None);
    }
    if held.version == record.version && held.record != record.json {
        return if record.json.is_none() { Ok(None) } else { Err(RegisterError::VersionConflict) };
    }
    Ok(Some(Accepted { version: held.version, received_at: held.received_at }))
}
