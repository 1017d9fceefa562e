//! A case's page: what was sealed is opened in memory, each opening with a line of the audit file before.

use contract::record::{CheckIn, ForRelatives, Kind, Needs, Person, PlainLeg, PrivateLeg, PrivateTrip, Rank};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::desk::{
    casework::{
        CaseworkError, Reading,
        acts::{LastWord, Outcome},
        cases::{Promise, Row},
        letters::Message,
        officers::Badge,
        page::Event,
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
    trips: Vec<TripView>,
    words: Vec<WordView>,
    told: Told,
    line: Vec<Event>,
    messages: Vec<Message>,
    promises: Vec<Promise>,
    /// What was sealed and does not open.
    shut: Vec<ShutView>,
    /// The device's key is known: a letter can be sealed to it.
    can_write: bool,
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
    /// The page of a case, from what was opened for it.
    pub fn of(reading: Reading<'_>, mirror: &Mirror, row: Row, opened: &[Opened]) -> Result<Self, CaseworkError> {
        let language = reading.facts(row.number)?.and_then(|facts| facts.language);
        let tongue = language.clone().unwrap_or_else(|| contract::words::Lang::Kk.into());
        let word = reading.case_word(&row, &tongue, false)?;
        let mut page = Self {
            closed: closed(reading, &row)?,
            language,
            people: Vec::new(),
            party: None,
            trips: Vec::new(),
            words: said_by(reading, mirror, &row, opened)?,
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
