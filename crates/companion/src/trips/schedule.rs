//! A draft checked against the atlas, with every leg as an interval of time at a known place.

use atlas::PlaceKey;
use contract::{
    ids::TripId,
    place::{AirportCode, CountryCode},
    record::{MAX_MEDICINE, MAX_PEOPLE},
};
use jiff::{
    Timestamp, ToSpan,
    civil::{Date, DateTime, Time},
    tz::TimeZone,
};
use phonenumber::country::Id as PhoneCountry;

use super::{
    arrival::Arrival,
    draft::{LegDraft, TripDraft},
    leg::{PlannedLeg, without_end, zone},
    meet::{end_with, enter_by, follow},
};
use crate::error::{Failure, FailureCode};

/// Half of what a register takes: with every text as long as it may be, more do not fit into one sealed part.
pub const MAX_LEGS: usize = 20;
const MAX_TEXT: usize = 300;
/// Of what those on a trip are called.
const MAX_CALLED: usize = 60;
/// Of the name of a terminal, a port or a border crossing.
const MAX_AT: usize = 60;
const MAX_YEARS: i64 = 3;

/// A trip whose every leg is known in time and place.
#[derive(Debug, Clone, PartialEq)]
pub struct PlannedTrip {
    /// The draft with its texts tidied (codes upper-case, phones in E.164).
    pub draft: TripDraft,
    /// Where it begins: IATA code.
    pub origin: Option<AirportCode>,
    /// In the order of time.
    pub legs: Vec<PlannedLeg>,
    /// The adults and the children.
    pub people: u16,
}

/// Checks a draft as it was filled in, and what stands in it to reach people by.
pub fn schedule(draft: &TripDraft, home: CountryCode) -> Result<PlannedTrip, Failure> {
    let mut draft = draft.clone();
    draft.phone = phone(&draft.phone, home, "/phone")?;
    draft.next_of_kin = draft.next_of_kin.filter(|kin| !kin.name.trim().is_empty() || !kin.phone.trim().is_empty());
    if let Some(kin) = &mut draft.next_of_kin {
        short(&kin.name, "/next_of_kin/name")?;
        kin.phone = phone(&kin.phone, home, "/next_of_kin/phone")?;
    }
    draft.called = draft.called.trim().to_owned();
    no_longer_than(MAX_CALLED, &draft.called, "/called")?;
    no_longer_than(MAX_MEDICINE, &draft.needs.medicine, "/needs/medicine")?;
    schedule_kept(draft)
}

/// Checks a draft whose phones were read when it was kept: every code is in the atlas, every date exists, the legs
/// follow one another. Reading the phones again would cost each start a tenth of a second.
pub fn schedule_kept(mut draft: TripDraft) -> Result<PlannedTrip, Failure> {
    if draft.legs.is_empty() {
        return Err(Failure::at(FailureCode::NoLegs, "/legs"));
    }
    if draft.legs.len() > MAX_LEGS {
        return Err(Failure::at(FailureCode::TooManyLegs, "/legs"));
    }
    let origin = match draft.origin.take().filter(|code| !code.trim().is_empty()) {
        Some(code) => Some(airport(&code, "/origin")?.code),
        None => None,
    };
    draft.origin = origin.map(|code| code.to_string());
    let people = draft.adults.checked_add(draft.children).filter(|people| *people <= MAX_PEOPLE);
    let people = people.ok_or_else(|| Failure::at(FailureCode::TooManyPeople, "/adults"))?;
    // others may be children alone
    if people == 0 || (draft.adults == 0 && !draft.of_others) {
        return Err(Failure::at(FailureCode::NoPeople, "/adults"));
    }
    let mut legs: Vec<PlannedLeg> = Vec::new();
    let mut meet: fn(&mut PlannedLeg, &mut PlannedLeg) -> Result<(), ()> = follow;
    for (index, leg) in draft.legs.iter_mut().enumerate() {
        check_arrival(leg.arrival_mut(), &format!("/legs/{index}/arrival"))?;
        let mut planned = schedule_leg(leg, &format!("/legs/{index}"))?;
        if let Some(before) = legs.last_mut() {
            if before.open && before.airport.is_none() {
                return Err(Failure::at(FailureCode::EndNotKnown, before.end(index - 1)));
            }
            meet(before, &mut planned)
                .map_err(|()| Failure::at(FailureCode::LegsOutOfOrder, planned.beginning(index)))?;
        }
        meet = if leg.names_hour_of_leaving() {
            follow
        } else if matches!(leg, LegDraft::Transit { airside: false, .. }) {
            enter_by
        } else {
            end_with
        };
        legs.push(planned);
    }
    if let (Some(first), Some(last)) = (legs.first(), legs.last())
        && last.until.duration_since(first.from).as_hours() > MAX_YEARS * 366 * 24
    {
        return Err(Failure::at(FailureCode::TooLong, last.end(legs.len() - 1)));
    }
    Ok(PlannedTrip { draft, origin, legs, people })
}

/// The kept trips, checked again. A city that the atlas no longer knows leaves its country; a trip whose country or
/// airport it no longer knows is left out.
pub fn schedule_all(kept: Vec<(TripId, TripDraft)>) -> Vec<(TripId, PlannedTrip)> {
    kept.into_iter()
        .filter_map(|(id, draft)| match schedule_kept(draft.with_known_cities()) {
            Ok(planned) => Some((id, planned)),
            Err(failure) => {
                tracing::error!(%failure, "a kept trip does not hold any more");
                None
            }
        })
        .collect()
}

/// One that says nothing is none.
fn check_arrival(arrival: &mut Option<Arrival>, path: &str) -> Result<(), Failure> {
    *arrival = arrival.take().filter(|arrival| !arrival.says_nothing());
    let Some(arrival) = arrival else { return Ok(()) };
    no_longer_than(MAX_AT, &arrival.at, &format!("{path}/at"))?;
    if !arrival.visa_until.trim().is_empty() {
        date(&arrival.visa_until, &format!("{path}/visa_until"))?;
    }
    Ok(())
}

fn schedule_leg(leg: &mut LegDraft, path: &str) -> Result<PlannedLeg, Failure> {
    match leg {
        LegDraft::Stay { country, city, from, until, address, arrival: _ } => {
            let field = |name: &str| format!("{path}/{name}");
            *country = country.trim().to_uppercase();
            let known = country.parse().ok().and_then(atlas::country);
            let known = known.ok_or_else(|| Failure::at(FailureCode::UnknownCountry, field("country")))?;
            let city = match city.as_deref() {
                Some(key) => Some(
                    atlas::city(key)
                        .filter(|city| city.country == known.code)
                        .ok_or_else(|| Failure::at(FailureCode::UnknownCity, field("city")))?,
                ),
                None => None,
            };
            short(address, &field("address"))?;
            let zone_name =
                city.map(|city| city.time_zone).or_else(|| atlas::time_zone_of(known.code)).unwrap_or("UTC");
            let zone = zone(zone_name);
            let first = date(from, &field("from"))?;
            let begins = instant(first.to_datetime(Time::midnight()), &zone, &field("from"))?;
            let open = until.trim().is_empty();
            let ends = if open { without_end(begins) } else { end_of_stay(first, until, &zone, &field("until"))? };
            // a clock that went over the date line left a day out
            if ends <= begins {
                return Err(Failure::at(FailureCode::ImpossibleDate, field("from")));
            }
            Ok(PlannedLeg {
                country: known.code,
                country_name: known.name.clone(),
                place: city.map_or_else(|| known.name.clone(), |city| city.name.clone()),
                airport: None,
                position: city.map(|city| city.position),
                time_zone: zone_name.to_owned(),
                from: begins,
                said_from: begins,
                until: ends,
                open,
                day_only: false,
            })
        }
        LegDraft::Transit { airport: code, flight, arrives, departs, airside: _, onward_ticket: _, arrival: _ } => {
            let field = |name: &str| format!("{path}/{name}");
            let airport = airport(code, &field("airport"))?;
            *code = airport.code.to_string();
            short(flight, &field("flight"))?;
            let country = atlas::country(airport.country)
                .ok_or_else(|| Failure::at(FailureCode::UnknownAirport, field("airport")))?;
            let zone = zone(airport.time_zone);
            // who knows no hour says the day
            let day_only = !arrives.contains('T');
            let arrived = if day_only {
                date(arrives, &field("arrives"))?.to_datetime(Time::midnight())
            } else {
                minute(arrives, &field("arrives"))?
            };
            let from = instant(arrived, &zone, &field("arrives"))?;
            let open = departs.trim().is_empty();
            let until = if open {
                without_end(from)
            } else if departs.contains('T') {
                end_of_transit(from, departs, &zone, &field("departs"))?
            } else {
                end_of_stay(arrived.date(), departs, &zone, &field("departs"))?
            };
            // a clock that went over the date line left a day out
            if until <= from {
                return Err(Failure::at(FailureCode::ImpossibleDate, field("arrives")));
            }
            Ok(PlannedLeg {
                country: country.code,
                country_name: country.name.clone(),
                place: airport.city.clone(),
                airport: Some(airport.code),
                position: Some(airport.position),
                time_zone: airport.time_zone.to_owned(),
                from,
                said_from: from,
                until,
                open,
                day_only,
            })
        }
    }
}

/// The midnight after the last day.
fn end_of_stay(first: Date, until: &str, zone: &TimeZone, field: &str) -> Result<Timestamp, Failure> {
    let last = date(until, field)?;
    if last < first {
        return Err(Failure::at(FailureCode::EndsBeforeItBegins, field));
    }
    let after = last.checked_add(1.day()).map_err(|_| Failure::at(FailureCode::ImpossibleDate, field))?;
    instant(after.to_datetime(Time::midnight()), zone, field)
}

fn end_of_transit(from: Timestamp, departs: &str, zone: &TimeZone, field: &str) -> Result<Timestamp, Failure> {
    let departs = minute(departs, field)?;
    let until = instant(departs, zone, field)?;
    // the hour that a clock which is set back shows twice
    let later = zone.to_ambiguous_timestamp(departs).later().unwrap_or(until);
    let until = if until <= from { later } else { until };
    if until <= from { Err(Failure::at(FailureCode::EndsBeforeItBegins, field)) } else { Ok(until) }
}

impl PlannedTrip {
    /// When the first leg begins.
    pub fn from(&self) -> Timestamp {
        self.legs.first().map_or(Timestamp::MIN, |leg| leg.from)
    }

    /// When the last leg ends.
    pub fn until(&self) -> Timestamp {
        self.legs.last().map_or(Timestamp::MIN, |leg| leg.until)
    }

    /// Which leg is under way at a moment; between two of them it is the one before.
    pub fn leg_at(&self, moment: Timestamp) -> Option<&PlannedLeg> {
        self.legs.get(self.index_at(moment)?)
    }

    /// The same, by its place in the order.
    pub fn index_at(&self, moment: Timestamp) -> Option<usize> {
        let begun = self.legs.iter().rposition(|leg| leg.from <= moment);
        begun.filter(|_| moment < self.until())
    }

    /// Every place it names.
    pub fn places(&self) -> impl Iterator<Item = PlaceKey> {
        let of_leg = |leg: &LegDraft| match leg {
            LegDraft::Stay { city: Some(key), .. } => atlas::city(key).map(|city| PlaceKey::City(city.key)),
            LegDraft::Stay { country, .. } => country.parse().ok().map(PlaceKey::Country),
            LegDraft::Transit { airport, .. } => airport.parse().ok().map(PlaceKey::Airport),
        };
        self.draft.legs.iter().filter_map(of_leg).chain(self.origin.map(PlaceKey::Airport))
    }
}

fn airport(code: &str, field: &str) -> Result<atlas::Airport, Failure> {
    let code = code.trim().to_uppercase();
    code.parse().ok().and_then(atlas::airport).ok_or_else(|| Failure::at(FailureCode::UnknownAirport, field))
}

fn short(text: &str, field: &str) -> Result<(), Failure> {
    no_longer_than(MAX_TEXT, text, field)
}

/// # Errors
/// [`FailureCode::TextTooLong`] at `field`.
pub fn no_longer_than(letters: usize, text: &str, field: &str) -> Result<(), Failure> {
    if text.chars().count() > letters { Err(Failure::at(FailureCode::TextTooLong, field)) } else { Ok(()) }
}

/// E.164, or empty where nothing was typed. A number without `+` is read as one of home.
///
/// # Errors
/// [`FailureCode::PhoneInvalid`] at `field`.
pub fn phone(text: &str, home: CountryCode, field: &str) -> Result<String, Failure> {
    if text.trim().is_empty() {
        return Ok(String::new());
    }
    let home: Option<PhoneCountry> = home.as_str().parse().ok();
    phonenumber::parse(home, text)
        .ok()
        .filter(phonenumber::is_valid)
        .map(|number| number.format().mode(phonenumber::Mode::E164).to_string())
        .ok_or_else(|| Failure::at(FailureCode::PhoneInvalid, field))
}

fn date(text: &str, field: &str) -> Result<Date, Failure> {
    text.trim().parse().map_err(|_| Failure::at(FailureCode::ImpossibleDate, field))
}

fn minute(text: &str, field: &str) -> Result<DateTime, Failure> {
    // a bare date would be read as its midnight
    let text = text.trim();
    if !text.contains('T') {
        return Err(Failure::at(FailureCode::ImpossibleDate, field));
    }
    text.parse().map_err(|_| Failure::at(FailureCode::ImpossibleDate, field))
}

fn instant(local: DateTime, zone: &TimeZone, field: &str) -> Result<Timestamp, Failure> {
    let year = local.year();
    if !(1990..=2200).contains(&year) {
        return Err(Failure::at(FailureCode::ImpossibleDate, field));
    }
    zone.to_timestamp(local).map_err(|_| Failure::at(FailureCode::ImpossibleDate, field))
}
