//! What holds where those on a trip are, and where they go next.

use contract::{place::CountryCode, words::Words};
use serde::Serialize;
use ts_rs::TS;

use super::contacts::{self, MissionView};
use crate::{
    emergency::{self, EmergencyRow},
    facts::Facts,
    trips::{PlannedLeg, PlannedTrip},
    view::{
        advisories::{self, AdvisoryView},
        levels::{self, LevelView},
        trips::Phase,
    },
};

/// What holds in a country of a trip.
#[derive(Debug, Clone, Serialize, TS)]
pub struct There {
    /// They are there, or go there next.
    pub phase: Phase,
    /// Where they are in it.
    pub place: Words,
    /// ISO 3166-1 alpha-2.
    pub code: CountryCode,
    /// The country's, where it has one.
    pub level: Option<LevelView>,
    /// In force or coming at their place; the gravest first.
    pub advisories: Vec<AdvisoryView>,
    /// The country's emergency numbers; they are reached from a phone there.
    pub emergency: Vec<EmergencyRow>,
    /// Those that serve the place, the nearest to it first.
    pub missions: Vec<MissionView>,
}

/// Where they are first; a country in which they stay is told of once. None of a trip that is over.
pub fn there(facts: &Facts, trip: &PlannedTrip) -> Vec<There> {
    let now = trip.leg_at(facts.now);
    let next = trip.legs.iter().find(|leg| facts.now < leg.from);
    let stays = now.zip(next).is_some_and(|(now, next)| now.country == next.country);
    let legs: Vec<&PlannedLeg> = now.into_iter().chain(next).collect();
    let first = now.map(|leg| one(facts, Phase::Current, leg, if stays { &legs } else { std::slice::from_ref(&leg) }));
    let then = next.filter(|_| !stays).map(|leg| one(facts, Phase::Coming, leg, &[leg]));
    first.into_iter().chain(then).collect()
}

fn one(facts: &Facts, phase: Phase, leg: &PlannedLeg, legs: &[&PlannedLeg]) -> There {
    There {
        phase,
        place: leg.place.clone(),
        code: leg.country,
        level: levels::of_country(facts, leg.country),
        advisories: advisories::at(facts, legs),
        emergency: emergency::emergency(leg.country),
        missions: contacts::missions_at(facts, leg),
    }
}
