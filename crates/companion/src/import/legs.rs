//! Legs of a trip, made of reservations of any kind.

use contract::place::CountryCode;
use jiff::Unit;
use serde::Serialize;

use super::{
    places::{Known, known},
    reservation::{Found, Lodging, Note, NoteCode, Reservation, Ride},
    when::Local,
};
use crate::trips::{LegDraft, MAX_LEGS};

/// Longer than this between two planes, somebody is there.
const CHANGE_HOURS: i64 = 24;

/// What a file proposes, for the traveller to accept.
#[derive(Debug, PartialEq, Serialize)]
pub struct Proposal {
    /// IATA code of where the trip begins.
    pub origin: Option<String>,
    /// In the order of time.
    pub legs: Vec<ProposedLeg>,
    /// What the file says besides, and what it does not say.
    pub notes: Vec<Note>,
}

/// As [`LegDraft`] has them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LegKind {
    /// Nights in one country.
    Stay,
    /// A change of planes.
    Transit,
}

/// One part of a trip. What the file does not say is absent.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ProposedLeg {
    /// What it is.
    pub kind: LegKind,
    /// ISO 3166-1 alpha-2.
    pub country: Option<CountryCode>,
    /// IATA code: where planes are changed, or where a stay begins.
    pub airport: Option<String>,
    /// Key of a city of the atlas.
    pub city: Option<&'static str>,
    /// A stay's first day; when the plane lands.
    pub from: Local,
    /// A stay's last day, absent while it is open; when the next plane leaves.
    pub until: Option<Local>,
    /// What brings them there.
    pub flight: Option<String>,
    /// Name, street and town of a lodging.
    pub address: Option<String>,
}

impl ProposedLeg {
    /// As the form holds it: what the file does not say is left to be filled in.
    pub fn draft(self) -> LegDraft {
        let until = self.until.map(|until| until.to_string()).unwrap_or_default();
        match self.kind {
            LegKind::Stay => LegDraft::Stay {
                country: self.country.map(String::from).unwrap_or_default(),
                city: self.city.map(str::to_owned),
                from: self.from.to_string(),
                until,
                address: self.address.unwrap_or_default(),
                arrival: None,
            },
            LegKind::Transit => LegDraft::Transit {
                airport: self.airport.unwrap_or_default(),
                flight: self.flight.unwrap_or_default(),
                arrives: self.from.to_string(),
                departs: until,
                airside: true,
                onward_ticket: true,
                arrival: None,
            },
        }
    }
}

/// A ride between places of the atlas, by the clocks of each.
#[derive(PartialEq)]
struct Move {
    name: String,
    flies: bool,
    from: Known,
    to: Known,
    departs: Local,
    arrives: Local,
    goes_on: bool,
}

/// All that was found, in the order of time.
pub fn legs(found: Found) -> Proposal {
    let Found { reservations, mut notes } = found;
    let (mut moves, mut lodgings) = (Vec::new(), Vec::new());
    for reservation in reservations {
        match reservation {
            Reservation::Flight(ride) => moves.push(Move::of(ride, true, &mut notes)),
            Reservation::Overland(ride) => moves.push(Move::of(ride, false, &mut notes)),
            Reservation::Lodging(lodging) => lodgings.push(nights(lodging, &mut notes)),
        }
    }
    // where no times are known, the order of the file stands
    moves.sort_by_key(|ride: &Move| ride.departs);
    let moves = once(moves);
    lodgings.sort_by_key(|stay| stay.from);
    let origin = moves.first().and_then(|first| first.from.airport.clone());
    let mut legs = along(&moves, &mut notes);
    for stay in once(lodgings) {
        lodge(&mut legs, stay);
    }
    if legs.len() > MAX_LEGS {
        notes.push(Note { code: NoteCode::TooManyLegs, about: legs.len().to_string() });
    }
    Proposal { origin, legs, notes: once(notes.into_iter().map(Note::shortened).collect()) }
}

/// Without what is said again: each of a family has the same flight.
fn once<T: PartialEq>(all: Vec<T>) -> Vec<T> {
    let mut said = Vec::new();
    for one in all {
        if !said.contains(&one) {
            said.push(one);
        }
    }
    said
}

/// What lies between the moves, and after the last.
fn along(moves: &[Move], notes: &mut Vec<Note>) -> Vec<ProposedLeg> {
    let home = moves.first().and_then(|first| first.from.country);
    let mut legs: Vec<ProposedLeg> = Vec::new();
    for (at, arrival) in moves.iter().enumerate() {
        let next = moves.get(at + 1);
        let abroad = legs.iter().any(|leg| leg.kind == LegKind::Stay && leg.country != home);
        if next.is_none() && abroad && home.is_some() && arrival.to.country == home {
            notes.push(Note { code: NoteCode::WayHome, about: arrival.name.clone() });
            continue;
        }
        let changing = next.filter(|next| changes(arrival, next));
        legs.push(match changing {
            Some(next) => arrival.transit(next, notes),
            None => arrival.stay(next, notes),
        });
    }
    legs
}

/// Whether planes are changed between the two.
fn changes(arrival: &Move, next: &Move) -> bool {
    if !(arrival.flies && next.flies) || arrival.to.airport != next.from.airport {
        return false;
    }
    match (arrival.arrives.time, next.departs.time) {
        (Some(lands), Some(leaves)) => {
            let (lands, leaves) = (arrival.arrives.day.to_datetime(lands), next.departs.day.to_datetime(leaves));
            let hours = lands.until((Unit::Hour, leaves)).map(|span| i64::from(span.get_hours()));
            lands <= leaves && hours.is_ok_and(|hours| hours < CHANGE_HOURS)
        }
        (None, _) | (_, None) => {
            let (lands, leaves) = (arrival.arrives.day, next.departs.day);
            lands == leaves || arrival.goes_on && lands.tomorrow().is_ok_and(|after| after == leaves)
        }
    }
}

impl Move {
    fn of(ride: Ride, flies: bool, notes: &mut Vec<Note>) -> Self {
        let Ride { name, from, to, departs, arrives, goes_on } = ride;
        let (from, to) = (known(&from, notes), known(&to, notes));
        let departs = departs.at(from.zone);
        let arrives = arrives.map(|arrives| arrives.at(to.zone)).unwrap_or_else(|| {
            notes.push(Note { code: NoteCode::ArrivalUnknown, about: name.clone() });
            departs.only_day()
        });
        if !flies && !name.is_empty() {
            notes.push(Note { code: NoteCode::ByLand, about: name.clone() });
        }
        Self { name, flies, from, to, departs, arrives, goes_on }
    }

    fn transit(&self, next: &Self, notes: &mut Vec<Note>) -> ProposedLeg {
        if self.arrives.time.is_none() || next.departs.time.is_none() {
            notes.push(Note { code: NoteCode::TimeUnknown, about: self.to.airport.clone().unwrap_or_default() });
        }
        self.leg(LegKind::Transit, self.arrives, Some(next.departs))
    }

    fn stay(&self, next: Option<&Self>, notes: &mut Vec<Note>) -> ProposedLeg {
        let left = next.filter(|next| next.from.country == self.to.country);
        if next.is_some() && left.is_none() {
            notes.push(Note { code: NoteCode::EndUnknown, about: self.name.clone() });
        }
        self.leg(LegKind::Stay, self.arrives.only_day(), left.map(|next| next.departs.only_day()))
    }

    fn leg(&self, kind: LegKind, from: Local, until: Option<Local>) -> ProposedLeg {
        let Known { airport, country, city, zone: _ } = self.to.clone();
        let flight = (self.flies && !self.name.is_empty()).then(|| self.name.clone());
        ProposedLeg { kind, country, airport, city, from, until, flight, address: None }
    }
}

fn nights(lodging: Lodging, notes: &mut Vec<Note>) -> ProposedLeg {
    let place = known(&lodging.place, notes);
    let day = |when: super::when::When| when.at(place.zone).only_day();
    ProposedLeg {
        kind: LegKind::Stay,
        country: place.country,
        airport: None,
        city: place.city,
        from: day(lodging.from),
        until: Some(day(lodging.until)),
        flight: None,
        address: Some(lodging.address),
    }
}

/// Puts a lodging into the stay that it is a part of, or beside the others in the order of time.
fn lodge(legs: &mut Vec<ProposedLeg>, mut lodging: ProposedLeg) {
    let within = |leg: &ProposedLeg| {
        let same = lodging.country.is_none() || leg.country == lodging.country;
        let ends = leg.until.is_none_or(|until| lodging.until.is_some_and(|leaves| leaves <= until));
        leg.kind == LegKind::Stay && leg.address.is_none() && same && leg.from <= lodging.from && ends
    };
    let Some(at) = legs.iter().position(within) else {
        let at = legs.partition_point(|leg| leg.from <= lodging.from);
        legs.insert(at, lodging);
        return;
    };
    let stay = legs.remove(at);
    lodging.country = stay.country;
    let mut parts = Vec::new();
    if stay.from < lodging.from {
        parts.push(ProposedLeg { until: Some(lodging.from), ..stay.clone() });
    } else {
        (lodging.flight, lodging.airport) = (stay.flight.clone(), stay.airport.clone());
    }
    // a stay that was open ends when the lodging does
    let after = lodging.until.filter(|leaves| stay.until.is_some_and(|until| *leaves < until));
    parts.push(lodging);
    parts.extend(after.map(|leaves| ProposedLeg { from: leaves, flight: None, airport: None, ..stay }));
    legs.splice(at..at, parts);
}
