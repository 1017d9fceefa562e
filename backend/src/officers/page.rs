//! A case's page: what was sealed is opened in memory, each opening with a line of the audit file before.

use std::collections::{BTreeSet, HashSet};

use contract::record::{CheckIn, ForRelatives, Kind, Need, Needs, Person, PlainLeg, PrivateLeg, PrivateTrip, Rank};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::desk::{
    casework::{
        CaseworkError, Reading,
        acts::{LastWord, Outcome},
        cases::{CameBy, Promise, Row, WordBy},
        facts::Facts,
        letters::Message,
        officers::Badge,
        page::Event,
        signs::Sign,
    },
    mirror::{Held, Mirror},
    opening::{Opened, SealedPart, of_check_in, of_trip},
};

#[derive(Serialize, utoipa::ToSchema)]
pub struct CasePage {
    row: Row,
    #[serde(skip_serializing_if = "Option::is_none")]
    closed: Option<ClosedView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    language: Option<contract::words::Tag>,
    #[schema(value_type = Vec<Object>)]
    people: Vec<Person>,
    #[serde(skip_serializing_if = "Option::is_none")]
    party: Option<Party>,
    /// It is that of the case's own trip.
    #[serde(skip)]
    has_own_party: bool,
    trips: Vec<TripView>,
    words: Vec<WordView>,
    /// What was told by voice.
    #[serde(skip_serializing_if = "Option::is_none")]
    call: Option<CallView>,
    /// That the person was asked whether those at home may be told.
    #[serde(skip_serializing_if = "Option::is_none")]
    sign: Option<Sign>,
    told: Told,
    line: Vec<Event>,
    messages: Vec<Message>,
    promises: Vec<Promise>,
    /// What was sealed and does not open.
    shut: Vec<ShutView>,
    /// The device's key is known: a letter can be sealed to it.
    can_write: bool,
}

/// A case with those that are one with it: each fact stands under the case that it came with.
#[derive(Serialize, utoipa::ToSchema)]
pub struct WholePage {
    #[serde(flatten)]
    page: CasePage,
    joined: Vec<CasePage>,
}

impl WholePage {
    /// The first is the one that was asked for, as a list shows it.
    pub fn of(pages: impl IntoIterator<Item = CasePage>, row: Row) -> Option<Self> {
        let mut pages = pages.into_iter();
        let own = pages.next()?;
        let joined: Vec<CasePage> = pages.collect();
        // where it is of no phone itself, it is answered to one of those that are one with it
        let can_write = own.can_write || row.closed_at.is_none() && joined.iter().any(|page| page.can_write);
        Some(Self { page: CasePage { row, can_write, ..own }, joined })
    }
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct ClosedView {
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<Badge>,
    outcome: Outcome,
    #[serde(flatten)]
    #[schema(value_type = Object)]
    word: Option<LastWord>,
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct Party {
    adults: u16,
    children: u16,
    #[serde(skip_serializing_if = "String::is_empty")]
    phone: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    next_of_kin: Option<contract::record::NextOfKin>,
    #[schema(value_type = Object)]
    for_relatives: ForRelatives,
    #[schema(value_type = Object)]
    needs: Needs,
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct TripView {
    id: String,
    people: u16,
    legs: Vec<LegView>,
}

/// A leg, and what was sealed with it.
#[derive(Serialize, utoipa::ToSchema)]
pub struct LegView {
    #[serde(flatten)]
    #[schema(value_type = Object)]
    plain: PlainLeg,
    #[serde(flatten)]
    #[schema(value_type = Object)]
    sealed: Option<PrivateLeg>,
}

/// A word as it was said: whoever said another later does not take it back.
#[derive(Serialize, utoipa::ToSchema)]
pub struct WordView {
    id: String,
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    #[schema(value_type = Object)]
    status: contract::record::PeopleByStatus,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    country: Option<contract::place::CountryCode>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    airport: Option<contract::place::AirportCode>,
    /// What was sealed with it, as it was written.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    sealed: Option<Value>,
    /// The number of the SMS that it came by.
    #[serde(skip_serializing_if = "Option::is_none")]
    sms_from: Option<String>,
}

/// What a caller said, as it was taken down.
#[derive(Serialize, utoipa::ToSchema)]
pub struct CallView {
    by: WordBy,
    #[serde(skip_serializing_if = "String::is_empty")]
    caller_name: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    caller_number: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    number: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    birth_date: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    document: String,
    /// Number and name were read back.
    read_back: bool,
    text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    language: Option<contract::words::Tag>,
    #[schema(value_type = Vec<String>)]
    needs: BTreeSet<Need>,
    lost_touch: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    medicine_days: Option<u16>,
}

impl CallView {
    fn of(facts: Facts) -> Self {
        Self {
            by: facts.word_by.unwrap_or_default(),
            caller_name: facts.caller_name,
            caller_number: facts.caller_phone,
            number: facts.phone,
            birth_date: facts.birth_date,
            document: facts.document,
            read_back: facts.read_back,
            text: facts.words,
            language: facts.caller_language,
            needs: facts.needs,
            lost_touch: facts.lost_touch,
            medicine_days: facts.medicine_days,
        }
    }
}

/// What their newest letter says of the case.
#[derive(Serialize, utoipa::ToSchema)]
pub struct Told {
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    rank: Option<Rank>,
    #[serde(skip_serializing_if = "String::is_empty")]
    reason: String,
    #[schema(value_type = String)]
    step: contract::record::CaseStep,
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct ShutView {
    #[schema(value_type = String)]
    kind: Kind,
    id: String,
    fault: String,
}

/// What belongs to a case's page and is sealed: every trip of its device, and each of its words, those of the phone before
/// it among them where an officer confirmed that.
pub fn parts(reading: Reading<'_>, mirror: &Mirror, case: &Row) -> Result<Vec<SealedPart>, CaseworkError> {
    if case.is_unconfirmed() {
        return Ok(Vec::new());
    }
    let mut trips = mirror.trips_of(case.device)?;
    // its own trip, though another phone leads that by now
    let own = case.trip.map(|trip| mirror.trip_of(trip, case.device)).transpose()?.flatten();
    trips.extend(own.filter(|own| own.device != case.device));
    let trips = trips.into_iter().map(of_trip);
    let words = words(reading, mirror, case)?.into_iter().filter_map(of_check_in);
    Ok(trips.chain(words).collect())
}

fn words(reading: Reading<'_>, mirror: &Mirror, case: &Row) -> Result<Vec<Held<CheckIn>>, CaseworkError> {
    // of a device that an unproven SMS names nothing else is shown
    if case.is_unconfirmed() {
        return Ok(Vec::new());
    }
    // whoever took her trip over has none of her words by that
    Ok(mirror.words_of(case.device, &reading.confirmed(mirror.leads()?)?)?)
}

/// What the device said, by whichever way, the oldest first.
fn said_by(
    reading: Reading<'_>,
    mirror: &Mirror,
    case: &Row,
    opened: &[Opened],
) -> Result<Vec<WordView>, CaseworkError> {
    let mut all: Vec<WordView> = words(reading, mirror, case)?.into_iter().map(|held| said(held, opened)).collect();
    for sms in reading.by_sms_of(case.device)?.into_iter().filter(|sms| sms.is_confirmed() != case.is_unconfirmed()) {
        let (sealed, from) = (sms.opened(), Some(sms.from.clone()));
        match all.iter_mut().find(|word| word.id == sms.held.id) {
            Some(word) => {
                // its details may have come by SMS, while by data only the cry has
                word.sealed = word.sealed.take().or(sealed.content);
                word.sms_from = from;
            }
            None => all.push(WordView { sms_from: from, ..said(sms.held, &[sealed]) }),
        }
    }
    all.sort_by_key(|word| word.at);
    Ok(all)
}

impl CasePage {
    /// The page of a case, from what was opened for it, without what was `shown` before; what it shows is added to that.
    pub fn of(
        reading: Reading<'_>,
        mirror: &Mirror,
        row: Row,
        opened: &[Opened],
        shown: &mut HashSet<String>,
    ) -> Result<Self, CaseworkError> {
        let facts = reading.facts(row.number)?;
        let language = facts.as_ref().and_then(|facts| facts.language.clone());
        let tongue = language.clone().unwrap_or_else(|| contract::words::Lang::Kk.into());
        let word = reading.case_word(&row, &tongue, false)?;
        let mut words = said_by(reading, mirror, &row, opened)?;
        words.retain(|word| shown.insert(word.id.clone()));
        shown.extend(opened.iter().map(|part| part.id.clone()));
        let mut page = Self {
            closed: closed(reading, &row)?,
            language,
            people: Vec::new(),
            party: None,
            has_own_party: false,
            trips: Vec::new(),
            words,
            call: facts.filter(|_| row.by == CameBy::Intake).map(CallView::of),
            sign: reading.sign(row.number)?,
            told: Told { rank: word.rank, reason: word.reason, step: word.step },
            line: reading.events(row.number)?,
            messages: reading.messages(row.number)?,
            promises: reading.promises_of(row.number)?,
            shut: Vec::new(),
            can_write: reading.device_key(row.device)?.is_some() && row.closed_at.is_none() && !row.is_unconfirmed(),
            row,
        };
        opened.iter().for_each(|part| page.add(part));
        Ok(page)
    }

    fn add(&mut self, part: &Opened) {
        if let Some(fault) = &part.fault {
            self.shut.push(ShutView { kind: part.kind, id: part.id.clone(), fault: fault.clone() });
        }
        if part.kind != Kind::Trip {
            return;
        }
        let read = part.content.as_ref().map(PrivateTrip::deserialize);
        let trip = match read {
            Some(Ok(trip)) => Some(trip),
            Some(Err(error)) => {
                self.shut.push(ShutView { kind: part.kind, id: part.id.clone(), fault: error.to_string() });
                None
            }
            None => None,
        };
        let sealed = trip.as_ref().map(|trip| trip.legs.clone()).unwrap_or_default();
        let sealed = sealed.into_iter().map(Some).chain(std::iter::repeat(None));
        let people = trip.as_ref().map_or(0, |trip| trip.adults.saturating_add(trip.children));
        let legs = part.legs.iter().cloned().zip(sealed).map(|(plain, sealed)| LegView { plain, sealed });
        self.trips.push(TripView { id: part.id.clone(), people, legs: legs.collect() });
        let Some(trip) = trip else { return };
        self.people.extend(trip.people);
        // of several trips the case's own speaks: what was agreed to with another is not said of this one
        let is_own = self.row.trip.is_some_and(|own| own.to_string() == part.id);
        if self.has_own_party {
            return;
        }
        self.has_own_party = is_own;
        self.party = Some(Party {
            adults: trip.adults,
            children: trip.children,
            phone: trip.phone,
            next_of_kin: trip.next_of_kin,
            for_relatives: trip.for_relatives,
            needs: trip.needs,
        });
    }
}

fn said(held: Held<CheckIn>, opened: &[Opened]) -> WordView {
    let part = opened.iter().find(|part| part.kind == Kind::CheckIn && part.id == held.id);
    let CheckIn { people, country, airport, at, .. } = held.record;
    let sealed = part.and_then(|part| part.content.clone());
    WordView { id: held.id, at: at.min(held.received_at), status: people, country, airport, sealed, sms_from: None }
}

fn closed(reading: Reading<'_>, row: &Row) -> Result<Option<ClosedView>, CaseworkError> {
    let (Some(at), Some(outcome)) = (row.closed_at, row.outcome) else { return Ok(None) };
    let (by, word) = reading.closing(row.number)?;
    Ok(Some(ClosedView { at, by, outcome, word }))
}
