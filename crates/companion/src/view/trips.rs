//! Trips as the screens list them.

use std::cmp::Ordering;

use contract::{
    ids::TripId,
    place::{AirportCode, CountryCode, Position},
    profile::Profile,
    record::Kind,
    words::Words,
};
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use ts_rs::TS;

use crate::{
    facts::Facts,
    places::{PickedPlace, airport_place},
    standing,
    store::{Delivery, PlanChanged},
    trips::{self, LegDraft, Overlap, PlannedLeg, PlannedTrip},
    view::check_ins::{StatusCount, by_status},
};

/// A trip on a screen.
#[derive(Debug, Clone, Serialize, TS)]
pub struct TripView {
    /// Of the trip.
    pub id: TripId,
    /// Whether it is under way.
    pub phase: Phase,
    /// Where it begins.
    pub origin: Option<PickedPlace>,
    /// WGS 84, degrees.
    pub origin_position: Option<Position>,
    /// In the order of time.
    pub legs: Vec<LegView>,
    /// On which other trip the traveller is at one time with it: an app before this one kept both.
    pub at_one_time: Option<Overlap>,
    /// The trip that ends its last leg as it begins, where nobody knows that leg's end.
    pub ends_with: Option<TripId>,
    /// Its last stay can have more nights.
    pub can_last_longer: bool,
    /// How many travel.
    pub people: u16,
    /// The traveller is not among them.
    pub of_others: bool,
    /// What the traveller calls those on a trip of others; empty where they did not say.
    pub called: String,
    /// The last that was said of how those on it are.
    pub said: Option<SaidOfTrip>,
    /// The ministry has a number at which to ring them.
    pub has_phone: bool,
    /// It was split, or made by that, and neither part was changed since: they can be one again.
    pub can_rejoin: bool,
    /// How its plan was changed by one press, where that can be taken back.
    pub changed: Option<PlanChanged>,
    /// That change made it: taken back, it is gone.
    pub is_made_by_it: bool,
    /// That change took out what was to follow.
    pub rest_is_out: bool,
    /// Cut off now, it has something to lose: what is to follow, or a ticket onward.
    pub has_rest: bool,
    /// A request for help stands of those on it: without the trip it is taken back.
    pub asks_for_help: bool,
    /// How long the ministry keeps it after its end, where nobody is missed.
    #[ts(type = "string | null")]
    pub kept_until: Option<Timestamp>,
    /// How far it is on its way to the ministry.
    pub delivery: Delivery,
}

/// The last that was said of how those on a trip are.
#[derive(Debug, Clone, Serialize, TS)]
pub struct SaidOfTrip {
    /// How many are how.
    pub by_status: Vec<StatusCount>,
    /// Of how many.
    pub party: u16,
    /// When it was said.
    #[ts(type = "string")]
    pub at: Timestamp,
    /// How far it is on its way to the ministry.
    pub delivery: Delivery,
}

/// Whether a time is now, to come or over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// It is under way.
    Current,
    /// It is to come.
    Coming,
    /// It is over.
    Past,
}

/// One part of a trip on a screen.
#[derive(Debug, Clone, Serialize, TS)]
pub struct LegView {
    /// Which it is.
    pub kind: LegKind,
    /// What it is called.
    pub place: Words,
    /// ISO 3166-1 alpha-2.
    pub code: CountryCode,
    /// What the country is called.
    pub country: Words,
    /// IATA code.
    pub airport: Option<AirportCode>,
    /// WGS 84, degrees.
    pub position: Option<Position>,
    /// IANA name.
    pub time_zone: String,
    /// When it begins, as they said it.
    #[ts(type = "string")]
    pub from: Timestamp,
    /// When it ends, or is taken to.
    #[ts(type = "string")]
    pub until: Timestamp,
    /// Nobody knows yet when it ends.
    pub open: bool,
    /// Of an arrival at an airport the day was said, and not the hour.
    pub day_only: bool,
    /// Both its hours were said: how long it lasts is known.
    pub is_by_the_hour: bool,
    /// Whether it is under way.
    pub phase: Phase,
    /// Hotel or address of a stay; flight of a transit.
    pub detail: String,
    /// They stay behind passport control.
    pub airside: bool,
    /// They hold a ticket on.
    pub onward_ticket: bool,
    /// At which terminal, port, station or border crossing they come; empty where they did not say.
    pub arrives_at: String,
    /// Of a transit: whether they may enter the country.
    pub may_enter: Option<bool>,
}

/// What part of a trip it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum LegKind {
    /// Nights in one country.
    Stay,
    /// A change of planes.
    Transit,
}

/// Current and coming first, then past; none while they are locked.
pub fn listed(facts: &Facts) -> Vec<TripView> {
    if facts.lock.locked {
        return Vec::new();
    }
    let view = |(id, trip): &(TripId, PlannedTrip)| one(facts, *id, trip, facts.delivery(Kind::Trip, &id.to_string()));
    let mut views: Vec<_> = facts.trips.iter().map(view).collect();
    views.sort_by_key(|trip| (trip.phase, trip.legs.first().map(|leg| leg.from)));
    views
}

/// One of them.
pub fn one(facts: &Facts, id: TripId, trip: &PlannedTrip, delivery: Delivery) -> TripView {
    let origin = trip.origin.and_then(atlas::airport);
    let changed = facts.plan_changed(id);
    TripView {
        id,
        phase: phase(trip.from(), trip.until(), facts.now),
        origin_position: origin.as_ref().map(|airport| airport.position),
        origin: origin.map(airport_place),
        legs: legs(trip, facts.leg().filter(|_| !trip.draft.of_others), facts.now),
        at_one_time: trips::overlap(
            trip,
            facts.trips.iter().filter(|(other, _)| *other != id).map(|(id, trip)| (*id, trip)),
            facts.now,
        ),
        ends_with: trips::next_trip(trip, &facts.trips).map(|(next, _)| *next),
        can_last_longer: trips::can_last_longer(trip, facts.now),
        people: trip.people,
        of_others: trip.draft.of_others,
        called: if trip.draft.of_others { trip.draft.called.clone() } else { String::new() },
        said: facts.said_of(id).map(|said| SaidOfTrip {
            by_status: by_status(&said.people),
            party: standing::party_of(facts, said),
            at: said.at,
            delivery: facts.delivery(Kind::CheckIn, &said.id.to_string()),
        }),
        has_phone: !trip.draft.phone.is_empty(),
        changed: changed.map(|change| change.how),
        is_made_by_it: changed.is_some_and(|change| change.is_new_trip),
        rest_is_out: changed.is_some_and(|change| change.drops_rest),
        has_rest: trips::cut_off(trip, facts.leg(), facts.now)
            .is_some_and(|after| trips::drops_rest(&trip.draft, &after)),
        asks_for_help: facts.cry_of(Some(id)).is_some(),
        can_rejoin: facts.split.is_some_and(|split| [split.stay, split.go].contains(&id)),
        kept_until: facts.profile.and_then(|profile| kept_until(trip, profile)),
        delivery,
    }
}

/// By the law: so many days after its last leg.
fn kept_until(trip: &PlannedTrip, profile: &Profile) -> Option<Timestamp> {
    let days = i64::from(profile.law.retention.trip);
    trip.until().checked_add(SignedDuration::from_hours(days * 24)).ok()
}

fn phase(from: Timestamp, until: Timestamp, now: Timestamp) -> Phase {
    if now < from {
        Phase::Coming
    } else if now < until {
        Phase::Current
    } else {
        Phase::Past
    }
}

/// `said` is where they are.
fn legs(trip: &PlannedTrip, said: Option<&PlannedLeg>, now: Timestamp) -> Vec<LegView> {
    let said = trips::said_on(trip, said, now);
    let view = |(index, (leg, draft)): (usize, (&PlannedLeg, &LegDraft))| {
        let arrival = draft.arrival();
        let (detail, airside, onward_ticket) = match draft {
            LegDraft::Stay { address, .. } => (address.clone(), false, true),
            LegDraft::Transit { flight, airside, onward_ticket, .. } => (flight.clone(), *airside, *onward_ticket),
        };
        LegView {
            kind: if leg.airport.is_some() { LegKind::Transit } else { LegKind::Stay },
            place: leg.place.clone(),
            code: leg.country,
            country: leg.country_name.clone(),
            airport: leg.airport,
            position: leg.position,
            time_zone: leg.time_zone.clone(),
            from: leg.said_from,
            until: leg.until,
            open: leg.open,
            day_only: leg.day_only,
            is_by_the_hour: leg.airport.is_some() && !leg.day_only && draft.names_hour_of_leaving(),
            phase: match said.map(|said| index.cmp(&said)) {
                Some(Ordering::Less) => Phase::Past,
                Some(Ordering::Equal) => Phase::Current,
                Some(Ordering::Greater) => Phase::Coming,
                None => phase(leg.from, leg.until, now),
            },
            detail,
            airside,
            onward_ticket,
            arrives_at: arrival.map(|arrival| arrival.at.clone()).unwrap_or_default(),
            may_enter: arrival.and_then(|arrival| arrival.may_enter),
        }
    };
    trip.legs.iter().zip(&trip.draft.legs).enumerate().map(view).collect()
}
