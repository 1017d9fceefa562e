//! What left this device: each item in words, as it went, and what was sealed in it as only the traveller can read it.

use contract::{
    ids::TripId,
    place::{AirportCode, CountryCode},
    record::{
        Call, CallOutcome, CheckIn, CheckInStatus, ForRelatives, Kind, Needs, PeopleByStatus, Person, Receipt, Trip,
    },
    words::Words,
};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    facts::Facts,
    places::country_name,
    store::{Erased, Sent},
    trips::{LegDraft, NextOfKin, TripDraft},
};

/// What left this device, and where to.
#[derive(Debug, Clone, Serialize, TS)]
pub struct LeftPage {
    /// The one host that the app speaks to by itself.
    pub host: String,
    /// When the ministry's word was last fetched from there, with neither id nor token.
    #[ts(type = "string | null")]
    pub fetched_at: Option<Timestamp>,
    /// The newest first.
    pub sent: Vec<SentItem>,
    /// Where everything was erased.
    pub erased: Option<ErasedView>,
}

/// One thing that was sent.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct SentItem {
    /// Of the record.
    pub id: String,
    /// Which state of it.
    pub version: u32,
    /// The last time it was sent.
    #[ts(type = "string")]
    pub at: Timestamp,
    /// When the ministry took it; absent where no answer came yet, or it said no.
    #[ts(type = "string | null")]
    pub taken_at: Option<Timestamp>,
    /// To whom.
    pub host: String,
    /// In words.
    pub what: SentWhat,
    /// As it went, JSON; absent for a deletion.
    pub body: Option<String>,
    /// What was sealed in it, from the trip on this device; absent where that has changed since.
    pub sealed: Option<SealedPart>,
}

/// The plain part, for words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum SentWhat {
    /// That this device exists: a random id, the digest of its token, a key.
    Device,
    /// A call to the ministry.
    Call {
        /// Empty for a local one.
        number: String,
        /// As far as the traveller had said.
        outcome: CallOutcome,
        /// Where they were.
        place: Option<SentPlace>,
    },
    /// How the party is.
    CheckIn {
        /// How many in each state.
        people: Vec<SentPeople>,
        /// Where they were.
        place: Option<SentPlace>,
    },
    /// A trip.
    Trip {
        /// How many.
        people: u16,
        /// In the order of time.
        legs: Vec<SentLeg>,
    },
    /// That a trip is to be deleted.
    Deleted,
    /// That a warning was shown, or read.
    Receipt {
        /// Its id.
        entry: String,
        /// As it was shown; empty where that is forgotten.
        headline: String,
        /// It was opened.
        read: bool,
    },
    /// What this app does not know: its JSON is there.
    Unknown,
}

/// How many are in a state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct SentPeople {
    /// How they are.
    pub status: CheckInStatus,
    /// How many.
    pub count: u16,
}

/// Each state that somebody is in.
pub fn by_status(people: &PeopleByStatus) -> Vec<SentPeople> {
    people.iter().map(|(status, count)| SentPeople { status: *status, count: *count }).collect()
}

/// A country, and the airport in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct SentPlace {
    /// What it is called.
    pub country: Words,
    /// IATA code.
    pub airport: Option<AirportCode>,
}

/// One part of a trip.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct SentLeg {
    /// Where.
    pub place: SentPlace,
    /// From when.
    #[ts(type = "string")]
    pub from: Timestamp,
    /// Until when, where that is known.
    #[ts(type = "string | null")]
    pub until: Option<Timestamp>,
}

/// What only the traveller and the consular service can read.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct SealedPart {
    /// How many adults.
    pub adults: u16,
    /// How many children.
    pub children: u16,
    /// Empty where none was given.
    pub phone: String,
    /// Whom the ministry may call.
    pub next_of_kin: Option<NextOfKin>,
    /// What the ministry may do for them.
    pub for_relatives: ForRelatives,
    /// Whether the others in the party know that they are registered.
    pub others_told: Option<bool>,
    /// What somebody in the party needs.
    pub needs: Needs,
    /// Those who were named.
    pub people: Vec<Person>,
    /// Addresses and flights.
    pub details: Vec<String>,
}

/// Everything was erased.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct ErasedView {
    /// On this device.
    #[ts(type = "string")]
    pub at: Timestamp,
    /// In the ministry's register; absent while it has not said so.
    #[ts(type = "string | null")]
    pub gone_at: Option<Timestamp>,
    /// When the last of the ministry's backups that may have it ends.
    #[ts(type = "string | null")]
    pub backups_until: Option<Timestamp>,
}

impl LeftPage {
    /// From what was noted; `named` gives those who are named on a trip.
    pub fn of(
        facts: &Facts,
        host: &str,
        sent: Vec<Sent>,
        erased: Option<Erased>,
        named: impl Fn(TripId) -> Vec<Person>,
    ) -> Self {
        Self {
            host: host.to_owned(),
            fetched_at: facts.last_heard,
            sent: sent.into_iter().map(|sent| item(facts, sent, &named)).collect(),
            erased: erased.map(|erased| erased_view(facts, erased)),
        }
    }
}

fn erased_view(facts: &Facts, erased: Erased) -> ErasedView {
    let days = facts.profile.map_or(0, |profile| profile.law.retention.backup);
    let kept = SignedDuration::from_hours(i64::from(days) * 24);
    let backups_until = erased.gone_at.and_then(|at| at.checked_add(kept).ok());
    ErasedView { at: erased.at, gone_at: erased.gone_at, backups_until }
}

fn item(facts: &Facts, sent: Sent, named: impl Fn(TripId) -> Vec<Person>) -> SentItem {
    let what = match &sent.body {
        None => SentWhat::Deleted,
        Some(body) => what(facts, sent.kind, body).unwrap_or_else(|error| {
            tracing::warn!(%error, "what was sent is shown without words");
            SentWhat::Unknown
        }),
    };
    let sealed = if sent.body.is_some() { sealed(facts, &sent, named) } else { None };
    let Sent { id, version, at, host, body, taken_at, .. } = sent;
    SentItem { id, version, at, taken_at, host, what, body, sealed }
}

fn what(facts: &Facts, kind: Kind, body: &str) -> serde_json::Result<SentWhat> {
    fn read<'a, T: Deserialize<'a>>(body: &'a str) -> serde_json::Result<T> {
        serde_json::from_str(body)
    }
    Ok(match kind {
        Kind::Device => SentWhat::Device,
        Kind::Call => {
            let call: Call = read(body)?;
            let number = call.number.map(|number| number.as_str().to_owned()).unwrap_or_default();
            SentWhat::Call { number, outcome: call.outcome, place: call.country.map(|country| place(country, None)) }
        }
        Kind::CheckIn => {
            let said: CheckIn = read(body)?;
            SentWhat::CheckIn {
                people: by_status(&said.people),
                place: said.country.map(|country| place(country, said.airport)),
            }
        }
        Kind::Trip => {
            let trip: Trip = read(body)?;
            let legs = trip.legs.into_iter();
            let leg = |leg: contract::record::PlainLeg| SentLeg {
                place: place(leg.country, leg.airport),
                from: leg.from,
                until: leg.until,
            };
            SentWhat::Trip { people: trip.people, legs: legs.map(leg).collect() }
        }
        Kind::Receipts => {
            let receipt: Receipt = read(body)?;
            let told = facts.told.iter().find(|told| told.entry == receipt.entry && told.version == receipt.version);
            SentWhat::Receipt {
                entry: receipt.entry.to_string(),
                headline: told.map(|told| told.headline.clone()).unwrap_or_default(),
                read: receipt.read_at.is_some(),
            }
        }
    })
}

fn place(country: CountryCode, airport: Option<AirportCode>) -> SentPlace {
    SentPlace { country: country_name(country), airport }
}

/// Of a trip that stands as it was sent.
fn sealed(facts: &Facts, sent: &Sent, named: impl Fn(TripId) -> Vec<Person>) -> Option<SealedPart> {
    let item = facts.outbox.iter().find(|item| item.kind == sent.kind && item.id == sent.id)?;
    if sent.kind != Kind::Trip || item.version != sent.version {
        return None;
    }
    let id = sent.id.parse().ok()?;
    Some(sealed_part(&facts.trip(id)?.draft, named(id)))
}

fn sealed_part(draft: &TripDraft, people: Vec<Person>) -> SealedPart {
    let detail = |leg: &LegDraft| match leg {
        LegDraft::Stay { address, .. } => address.clone(),
        LegDraft::Transit { flight, .. } => flight.clone(),
    };
    SealedPart {
        adults: draft.adults,
        children: draft.children,
        phone: draft.phone.clone(),
        next_of_kin: draft.next_of_kin.clone(),
        for_relatives: draft.for_relatives,
        others_told: draft.others_told,
        needs: draft.needs.clone(),
        people,
        details: draft.legs.iter().map(detail).filter(|detail| !detail.is_empty()).collect(),
    }
}
