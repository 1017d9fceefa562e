//! Opening what a traveller sealed.

use std::collections::BTreeMap;

use contract::{
    ids::{DeviceId, InvalidId, KeyId},
    record::{CheckIn, Kind, Message, PlainLeg, Trip},
    seal::{self, Context, SealError, Sealed},
};
use serde::Serialize;
use serde_json::Value;

use super::{
    audit::AuditError,
    folder::{ConsularKeys, FolderError},
    mirror::{Held, Mirror, MirrorError},
};

#[derive(Debug, thiserror::Error)]
pub enum OpeningError {
    #[error("the register holds no {kind} {id}")]
    Unknown { kind: &'static str, id: String },
    #[error("say why: it stays in the audit file")]
    NoReason,
    #[error("nothing was opened")]
    Audit(#[from] AuditError),
    #[error(transparent)]
    Mirror(#[from] MirrorError),
    #[error(transparent)]
    Folder(#[from] FolderError),
    #[error(transparent)]
    Id(#[from] InvalidId),
}

/// What is to be opened, and what it was sealed for.
#[derive(Debug, Clone)]
pub struct SealedPart {
    pub kind: Kind,
    pub id: String,
    pub device: DeviceId,
    pub version: u32,
    pub sealed: Sealed,
    /// Of a trip.
    pub legs: Vec<PlainLeg>,
}

/// What was opened of one record.
#[derive(Debug, Clone, Serialize)]
pub struct Opened {
    pub kind: Kind,
    pub id: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub legs: Vec<PlainLeg>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content: Option<Value>,
    /// Why it does not open.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fault: Option<String>,
}

/// The sealed parts to open for one record: its own, or else those of its device's live trips.
///
/// # Errors
/// There is no such record.
pub fn sealed_parts(mirror: &Mirror, kind: Kind, id: &str) -> Result<(DeviceId, Vec<SealedPart>), OpeningError> {
    let unknown = |kind| OpeningError::Unknown { kind, id: id.to_owned() };
    match kind {
        Kind::Trip => {
            let trip: Held<Trip> = mirror.find(kind, id)?.ok_or_else(|| unknown("trip"))?;
            Ok((trip.device, vec![of_trip(trip)]))
        }
        Kind::CheckIn => {
            let held: Held<CheckIn> = mirror.find(kind, id)?.ok_or_else(|| unknown("check-in"))?;
            let device = held.device;
            let leader = mirror.leads()?.of(device, held.record.trip);
            match of_check_in(held) {
                Some(part) => Ok((device, vec![part])),
                None => trips(mirror, leader),
            }
        }
        Kind::Message => {
            let held: Held<Message> = mirror.find(kind, id)?.ok_or_else(|| unknown("message"))?;
            Ok((held.device, vec![of_message(held)]))
        }
        Kind::Call | Kind::Device | Kind::Receipts => {
            let held: Held<Value> = mirror.find(kind, id)?.ok_or_else(|| unknown("call"))?;
            trips(mirror, held.device)
        }
    }
}

fn trips(mirror: &Mirror, device: DeviceId) -> Result<(DeviceId, Vec<SealedPart>), OpeningError> {
    Ok((device, mirror.trips_of(device)?.into_iter().map(of_trip).collect()))
}

pub(crate) fn of_trip(trip: Held<Trip>) -> SealedPart {
    let Trip { version, sealed, legs, .. } = trip.record;
    SealedPart { kind: Kind::Trip, id: trip.id, device: trip.device, version, sealed, legs }
}

pub(crate) fn of_check_in(held: Held<CheckIn>) -> Option<SealedPart> {
    let CheckIn { version, sealed, .. } = held.record;
    let legs = Vec::new();
    Some(SealedPart { kind: Kind::CheckIn, id: held.id, device: held.device, version, sealed: sealed?, legs })
}

pub(super) fn of_message(held: Held<Message>) -> SealedPart {
    let Message { version, sealed, .. } = held.record;
    SealedPart { kind: Kind::Message, id: held.id, device: held.device, version, sealed, legs: Vec::new() }
}

/// Opens one part with the consular key that it was sealed to.
pub fn open(part: SealedPart, private: &ConsularKeys) -> Opened {
    let (content, fault) = match read(&part, private) {
        Ok(content) => (Some(content), None),
        Err(error) => (None, Some(format!("sealed to {}: {error}", part.sealed.key_id))),
    };
    Opened { kind: part.kind, id: part.id, legs: part.legs, content, fault }
}

#[derive(Debug, thiserror::Error)]
enum Shut {
    #[error("this desk does not have that key")]
    NoKey,
    #[error(transparent)]
    Broken(#[from] SealError),
}

fn read(part: &SealedPart, private: &ConsularKeys) -> Result<Value, Shut> {
    let key = private.get(&part.sealed.key_id).ok_or(Shut::NoKey)?;
    let context = Context { device: part.device, id: &part.id, version: part.version };
    Ok(seal::open(&part.sealed, context, key)?)
}

/// How it went to open all that was sealed.
#[derive(Debug, Default)]
pub struct Tried {
    pub opened: usize,
    /// How many are sealed to keys that the desk does not have.
    pub without_key: BTreeMap<KeyId, usize>,
    /// Ids of those that do not open though the key is here.
    pub broken: Vec<String>,
}

/// Opens every sealed part of the desk's copy of the register, and forgets what it said.
///
/// # Errors
/// The copy cannot be read.
pub fn try_all(mirror: &Mirror, private: &ConsularKeys) -> Result<Tried, OpeningError> {
    let trips = mirror.all(Kind::Trip)?.into_iter().map(of_trip);
    let check_ins = mirror.all(Kind::CheckIn)?.into_iter().filter_map(of_check_in);
    let messages = mirror.all(Kind::Message)?.into_iter().map(of_message);
    let mut tried = Tried::default();
    for part in trips.chain(check_ins).chain(messages) {
        match read(&part, private) {
            Ok(_) => tried.opened += 1,
            Err(Shut::NoKey) => *tried.without_key.entry(part.sealed.key_id).or_default() += 1,
            Err(Shut::Broken(_)) => tried.broken.push(part.id),
        }
    }
    Ok(tried)
}
