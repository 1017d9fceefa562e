//! What left this device: each item in words, as it went, and what was sealed in it as only the traveller can read it.

use std::collections::{BTreeMap, HashMap, HashSet};

use contract::{
    ids::CallId,
    place::{AirportCode, CountryCode},
    record::{
        Call, CallOutcome, CheckIn, Kind, Message, Need, PlainLeg, PrivateCheckIn, PrivateLeg, PrivateTrip, Receipt,
        Trip,
    },
    words::Words,
};
use jiff::{SignedDuration, Timestamp, ToSpan, tz::TimeZone};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    facts::Facts,
    places::country_name,
    store::{self, CallWay, Erased, LeftBehind, Sent},
    view::check_ins::{StatusCount, by_status},
};

/// What was noted of all that left, by which the page is made.
pub struct Noted {
    /// Each with what was sealed in it, where that is still known; the newest first.
    pub sent: Vec<(Sent, Option<PrivateTrip>)>,
    /// Where everything was erased.
    pub erased: Option<Erased>,
    /// The newest last.
    pub left_behind: Vec<LeftBehind>,
    /// What the app still knows of it.
    pub known: StillKnown,
}

/// What of all that left is known here beside its plain part.
pub struct StillKnown {
    /// Calls that were an SMS.
    pub written: HashSet<CallId>,
    /// Each word that went, by its id, and what was sealed with it.
    pub words: HashMap<String, Word>,
    /// What was shown over each version of each warning.
    pub headlines: HashMap<(String, u32), String>,
}

/// What somebody said of how they are.
pub struct Word {
    /// The word.
    pub said: store::CheckIn,
    /// What is sealed with it as it stands.
    pub sealed: Option<PrivateCheckIn>,
}

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
    /// What cannot be taken back from here; the newest last.
    pub left_behind: Vec<LeftBehindView>,
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
    pub sealed: Option<PrivateTrip>,
    /// What the cities are called that are sealed by the keys of the atlas.
    pub cities: BTreeMap<String, Words>,
}

/// The plain part, for words.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum SentWhat {
    /// That this device exists: a random id, the digest of its token, a key.
    Device,
    /// A call to the ministry, or an SMS begun to it.
    Call {
        /// Spoken or written.
        way: CallWay,
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
        people: Vec<StatusCount>,
        /// Where they were.
        place: Option<SentPlace>,
        /// All that was sealed with the latest state of it.
        sealed: Option<Box<PrivateCheckIn>>,
    },
    /// Words to the ministry.
    Message {
        /// When they were written.
        #[ts(type = "string")]
        at: Timestamp,
        /// They themselves, as they were sealed; empty where a tap said it all, or they are no more here.
        text: String,
    },
    /// A trip.
    Trip {
        /// How many.
        people: u16,
        /// In the order of time.
        legs: Vec<SentLeg>,
    },
    /// That a trip is to be deleted.
    Deleted {
        /// Where it went, as it had left this device before; empty where that is forgotten.
        legs: Vec<SentLeg>,
    },
    /// The wish that a word count for nothing.
    TakenBack {
        /// What it had said.
        people: Vec<StatusCount>,
    },
    /// How the party is, in an SMS that was opened: whether it was sent is not known here.
    Sms {
        /// How many in each state.
        people: Vec<StatusCount>,
        /// What they need.
        needs: Vec<Need>,
        /// To whom.
        number: String,
    },
    /// That a warning was shown, or read.
    Receipt {
        /// Its id.
        entry: String,
        /// As it was shown; empty where that is forgotten.
        headline: String,
        /// When it was shown.
        #[ts(type = "string")]
        shown_at: Timestamp,
        /// When it was opened.
        #[ts(type = "string | null")]
        read_at: Option<Timestamp>,
    },
    /// What this app does not know: its JSON is there.
    Unknown,
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
    /// From when, by the clock there: a stay is told by its days, "2026-12-01", a transit by "2026-12-01T16:10".
    pub from: String,
    /// Until when, where that is known; of a stay its last day.
    pub until: Option<String>,
}

/// Everything was erased.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct ErasedView {
    /// On this device.
    #[ts(type = "string")]
    pub at: Timestamp,
    /// The ministry has not said yet that it did.
    pub waits: bool,
    /// In the ministry's register; absent while it has not said so, and where there was nobody to ask for it.
    #[ts(type = "string | null")]
    pub gone_at: Option<Timestamp>,
    /// When the last of the ministry's backups that may have it ends.
    #[ts(type = "string | null")]
    pub backups_until: Option<Timestamp>,
}

/// What the ministry holds of a device that this phone was: its key is lost, so only the ministry can erase it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct LeftBehindView {
    /// What was sent before then is that device's.
    #[ts(type = "string")]
    pub at: Timestamp,
    /// By which the ministry finds it, where that is still known.
    pub device: Option<String>,
    /// Trips that were deleted here, and the ministry was not told.
    pub deletions: u32,
    /// Whom to ask.
    pub responsible: Words,
}

impl LeftPage {
    /// From what was noted.
    pub fn of(facts: &Facts, host: &str, noted: Noted) -> Self {
        Self {
            host: host.to_owned(),
            fetched_at: facts.last_heard,
            sent: items(facts, &noted.known, noted.sent),
            erased: noted.erased.map(|erased| erased_view(facts, erased)),
            left_behind: noted.left_behind.into_iter().map(|left| left_behind_view(facts, left)).collect(),
        }
    }
}

fn left_behind_view(facts: &Facts, left: LeftBehind) -> LeftBehindView {
    LeftBehindView {
        at: left.at,
        device: left.device.map(|id| id.to_string()),
        deletions: left.deletions,
        responsible: facts.profile.map(|profile| profile.law.responsible.clone()).unwrap_or_default(),
    }
}

fn erased_view(facts: &Facts, erased: Erased) -> ErasedView {
    let days = facts.profile.map_or(0, |profile| profile.law.retention.backup);
    let kept = SignedDuration::from_hours(i64::from(days) * 24);
    let backups_until = erased.gone_at.and_then(|at| at.checked_add(kept).ok());
    ErasedView { at: erased.at, waits: erased.waits, gone_at: erased.gone_at, backups_until }
}

fn items(facts: &Facts, still: &StillKnown, sent: Vec<(Sent, Option<PrivateTrip>)>) -> Vec<SentItem> {
    let mut items: Vec<_> = sent.into_iter().map(|(sent, sealed)| item(facts, still, sent, sealed)).collect();
    // the newest state of each trip that said where it goes: what was sealed with it is deleted here too
    let mut went: HashMap<String, Vec<SentLeg>> = HashMap::new();
    for item in &mut items.iter_mut().rev() {
        match &mut item.what {
            SentWhat::Trip { legs, .. } => drop(went.insert(item.id.clone(), legs.clone())),
            SentWhat::Deleted { legs } => *legs = went.get(&item.id).cloned().unwrap_or_default(),
            SentWhat::Device
            | SentWhat::Call { .. }
            | SentWhat::CheckIn { .. }
            | SentWhat::Message { .. }
            | SentWhat::TakenBack { .. }
            | SentWhat::Sms { .. }
            | SentWhat::Receipt { .. }
            | SentWhat::Unknown => {}
        }
    }
    items
}

fn item(facts: &Facts, still: &StillKnown, sent: Sent, sealed: Option<PrivateTrip>) -> SentItem {
    let known = Known { facts, still, sealed: sealed.as_ref() };
    let what = match &sent.body {
        None if sent.kind == Kind::CheckIn => SentWhat::TakenBack { people: known.said(&sent) },
        // its page says where it went, by what left before
        None => SentWhat::Deleted { legs: Vec::new() },
        Some(body) => match &sent.by_sms {
            Some(said) => {
                SentWhat::Sms { people: by_status(&said.people), needs: said.needs.clone(), number: sent.host.clone() }
            }
            None => what(&known, &sent, body).unwrap_or_else(|error| {
                tracing::warn!(%error, "what was sent is shown without words");
                SentWhat::Unknown
            }),
        },
    };
    let cities = sealed.as_ref().map(cities).unwrap_or_default();
    let Sent { id, version, at, host, body, taken_at, .. } = sent;
    SentItem { id, version, at, taken_at, host, what, body, sealed, cities }
}

fn cities(sealed: &PrivateTrip) -> BTreeMap<String, Words> {
    let key = |leg: &PrivateLeg| match leg {
        PrivateLeg::Stay { city, .. } => Some(city.clone()),
        PrivateLeg::Transit { .. } | PrivateLeg::Other => None,
    };
    let named = |key: String| atlas::city(&key).map(|city| (key, city.name.clone()));
    sealed.legs.iter().filter_map(key).filter_map(named).collect()
}

/// What else is known of what was sent.
struct Known<'a> {
    facts: &'a Facts<'a>,
    still: &'a StillKnown,
    sealed: Option<&'a PrivateTrip>,
}

impl Known<'_> {
    /// What a word says; nothing where it is no more here.
    fn said(&self, sent: &Sent) -> Vec<StatusCount> {
        self.still.words.get(&sent.id).map(|word| by_status(&word.said.people)).unwrap_or_default()
    }

    /// What was sealed with a word as it went: another state of it, sent before or not yet, may say something else.
    fn sealed_with(&self, sent: &Sent) -> Option<&PrivateCheckIn> {
        let now = self.facts.outbox.iter().find(|item| item.kind == sent.kind && item.id == sent.id)?;
        let word = self.still.words.get(&sent.id)?;
        word.sealed.as_ref().filter(|_| now.version == sent.version)
    }
}

fn what(known: &Known, sent: &Sent, body: &str) -> serde_json::Result<SentWhat> {
    fn read<'a, T: Deserialize<'a>>(body: &'a str) -> serde_json::Result<T> {
        serde_json::from_str(body)
    }
    Ok(match sent.kind {
        Kind::Device => SentWhat::Device,
        Kind::Call => {
            let call: Call = read(body)?;
            let number = call.number.map(|number| number.as_str().to_owned()).unwrap_or_default();
            let is_written = sent.id.parse().is_ok_and(|id| known.still.written.contains(&id));
            let way = if is_written { CallWay::Sms } else { CallWay::Voice };
            SentWhat::Call {
                way,
                number,
                outcome: call.outcome,
                place: call.country.map(|country| place(country, None)),
            }
        }
        Kind::CheckIn => {
            let said: CheckIn = read(body)?;
            let sealed = said.sealed.as_ref().and_then(|_| known.sealed_with(sent));
            SentWhat::CheckIn {
                people: by_status(&said.people),
                place: said.country.map(|country| place(country, said.airport)),
                sealed: sealed.cloned().map(Box::new),
            }
        }
        Kind::Message => {
            let written = known.facts.messages.iter().find(|message| message.id.to_string() == sent.id);
            let text = written.map(|message| message.private.text.clone()).unwrap_or_default();
            SentWhat::Message { at: read::<Message>(body)?.at, text }
        }
        Kind::Trip => {
            let trip: Trip = read(body)?;
            let sealed = known.sealed.map(|sealed| sealed.legs.as_slice()).unwrap_or_default();
            let legs = trip.legs.iter().enumerate().map(|(at, leg)| sent_leg(leg, sealed.get(at)));
            SentWhat::Trip { people: trip.people, legs: legs.collect() }
        }
        Kind::Receipts => {
            let receipt: Receipt = read(body)?;
            let entry = receipt.entry.to_string();
            let headline = known.still.headlines.get(&(entry.clone(), receipt.version)).cloned().unwrap_or_default();
            let shown_at = receipt.shown_at.unwrap_or(receipt.delivered_at);
            SentWhat::Receipt { entry, headline, shown_at, read_at: receipt.read_at }
        }
    })
}

/// A stay is days: it begins and ends with them, whatever moments were sent. A transit is moments.
fn sent_leg(leg: &PlainLeg, sealed: Option<&PrivateLeg>) -> SentLeg {
    let zone = zone(leg, sealed);
    let day = |at: Timestamp| at.to_zoned(zone.clone()).date().to_string();
    let moment = |at: Timestamp| at.to_zoned(zone.clone()).strftime("%Y-%m-%dT%H:%M").to_string();
    let is_days = leg.airport.is_none();
    // a stay lasts up to a midnight
    let last = |until: Timestamp| day(until.checked_sub(1.second()).unwrap_or(until));
    SentLeg {
        place: place(leg.country, leg.airport),
        from: if is_days { day(leg.from) } else { moment(leg.from) },
        until: leg.until.map(|until| if is_days { last(until) } else { moment(until) }),
    }
}

/// That of its airport or its city; of the country's seat of government, where neither is known.
fn zone(leg: &PlainLeg, sealed: Option<&PrivateLeg>) -> TimeZone {
    let city = match sealed {
        Some(PrivateLeg::Stay { city, .. }) => atlas::city(city).map(|city| city.time_zone),
        Some(PrivateLeg::Transit { .. } | PrivateLeg::Other) | None => None,
    };
    let airport = leg.airport.and_then(atlas::airport).map(|airport| airport.time_zone);
    let name = airport.or(city).or_else(|| atlas::time_zone_of(leg.country));
    name.and_then(|name| TimeZone::get(name).ok()).unwrap_or(TimeZone::UTC)
}

fn place(country: CountryCode, airport: Option<AirportCode>) -> SentPlace {
    SentPlace { country: country_name(country), airport }
}
