//! What is sealed to a code on paper, and what opens with one.

use contract::{
    hash::Hash,
    ids::{DeviceId, KeyId, TripId},
    keys::key_text,
    paper::{Paper, PaperKeys},
    record::{PaperTrip, PaperTrips, PeopleByStatus, Trip},
    seal::{self, Context, SealError, Sealed},
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::{
    party::Party,
    store::Under,
    trips::{self, PlannedTrip, TripDraft},
};

/// What the device keeps of a paper: to whom it seals, and by what the front knows who has it. Nothing of it opens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptPaper {
    /// X25519, base64url.
    public: String,
    /// SHA-256 of the token.
    token: Hash,
    /// When it was made.
    pub made_at: Timestamp,
}

/// What only whoever has the paper reads of a trip: what the app keeps of it, so that it comes back whole.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OwnersTrip {
    /// As its form has it.
    pub draft: TripDraft,
    /// Who is on it, by name.
    #[serde(default)]
    pub party: Party,
    /// What it was entered under.
    pub under: Under,
    /// What was said of those on it; an app before this one says nothing of it.
    #[serde(default)]
    pub standing: Standing,
}

/// What stood on the device when a trip was sealed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// The last that was said of how they are, and what nobody took back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub said: Option<SaidThen>,
    /// When the ministry asked for an answer that it did not get.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asked_at: Option<Timestamp>,
}

/// How many were how, and when that was said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaidThen {
    /// How many are how.
    pub people: PeopleByStatus,
    /// When it was said.
    pub at: Timestamp,
}

impl KeptPaper {
    /// Of a paper that was made.
    pub fn of(keys: &PaperKeys, made_at: Timestamp) -> Self {
        Self { public: key_text(&keys.public), token: keys.token_hash(), made_at }
    }

    /// Whether a record is sealed to this paper.
    pub fn is_of(&self, record: &Trip) -> bool {
        record.paper == Some(self.token)
    }

    /// The record with what its owner reads of it. What is too long for the register is left out: it is the ministry's
    /// part that counts people.
    ///
    /// # Errors
    /// [`SealError`] where the kept key is none.
    pub fn on(
        &self,
        record: Trip,
        (device, id): (DeviceId, TripId),
        owned: &OwnersTrip,
        rng: &mut impl rand::CryptoRng,
    ) -> Result<Trip, SealError> {
        let public = contract::keys::key_bytes(&self.public).ok_or(SealError::Encoding)?;
        let context = Context { device, id: &id.to_string(), version: record.version };
        let sealed = seal::seal(owned, context, &KeyId::of_paper(), &public, rng)?;
        let sealed_to_owner = Some(sealed).filter(Sealed::is_plausible);
        let paper = sealed_to_owner.is_some().then_some(self.token);
        Ok(Trip { sealed_to_owner, paper, ..record })
    }
}

/// What was found with a paper, until it is taken or left.
pub struct Found {
    /// By which the trips move.
    pub token: Zeroizing<String>,
    /// Those that are not over.
    pub trips: Vec<FoundTrip>,
}

impl Found {
    /// Of their places.
    pub fn zones(&self) -> Vec<String> {
        self.trips.iter().flat_map(|trip| &trip.planned.legs).map(|leg| leg.time_zone.clone()).collect()
    }
}

/// One of them.
#[derive(Debug, Clone)]
pub struct FoundTrip {
    /// The same as on the phone before.
    pub id: TripId,
    /// The version that stands in the register.
    pub version: u32,
    /// As it was sealed.
    pub owned: OwnersTrip,
    /// When that is where.
    pub planned: PlannedTrip,
}

/// Opens what the front gave; what this app cannot read is left out.
pub fn open(paper: &Paper, keys: &PaperKeys, given: &PaperTrips) -> Vec<FoundTrip> {
    let open = |trip: &PaperTrip| match open_one(paper, keys, trip) {
        Ok(found) => found,
        Err(error) => {
            tracing::warn!(%error, "a trip on paper cannot be read");
            None
        }
    };
    given.trips.iter().filter_map(open).collect()
}

fn open_one(paper: &Paper, keys: &PaperKeys, trip: &PaperTrip) -> Result<Option<FoundTrip>, SealError> {
    let PaperTrip { id, version, sealed_to_owner } = trip;
    let context = Context { device: paper.device, id: &id.to_string(), version: *version };
    let mut owned: OwnersTrip = seal::open(sealed_to_owner, context, &keys.private)?;
    // whoever takes it over may be another than who led it
    owned.party.leads = None;
    let planned = trips::schedule_kept(owned.draft.clone()).ok();
    Ok(planned.map(|planned| FoundTrip { id: *id, version: *version, owned, planned }))
}
