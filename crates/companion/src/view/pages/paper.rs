//! The code on paper: whether there is one, and what was found with one.

use contract::record::most_urgent;
use jiff::Timestamp;
use serde::Serialize;
use ts_rs::TS;

use crate::{
    facts::Facts,
    paper::FoundTrip,
    store::Delivery,
    trips,
    view::{
        check_ins::{StatusCount, by_status},
        trips::{TripView, one},
    },
};

/// What the screens of the paper show.
#[derive(Debug, Clone, Serialize, TS)]
pub struct PaperPage {
    /// When the last one was made on this phone.
    #[ts(type = "string | null")]
    pub made_at: Option<Timestamp>,
    /// The ministry's own number, for the paper.
    pub line: String,
    /// What was found with a code, and not taken yet.
    pub found: Vec<TripOnPaper>,
}

/// A trip that was found.
#[derive(Debug, Clone, Serialize, TS)]
pub struct TripOnPaper {
    /// As a list shows it.
    pub trip: TripView,
    /// Who is on its list.
    pub names: Vec<String>,
    /// The traveller is on another trip at that time: it is kept as one of others.
    pub of_others: bool,
    /// The last that the phone before said of how they are, and what nobody took back since.
    pub said: Option<SaidBefore>,
    /// When the ministry asked that phone for an answer that it did not get.
    #[ts(type = "string | null")]
    pub asked_at: Option<Timestamp>,
}

/// What another phone said of those on a trip.
#[derive(Debug, Clone, Serialize, TS)]
pub struct SaidBefore {
    /// How many are how.
    pub by_status: Vec<StatusCount>,
    /// When it was said.
    #[ts(type = "string")]
    pub at: Timestamp,
    /// It asked for help.
    pub is_cry: bool,
}

impl PaperPage {
    /// Of what was made and found.
    pub fn of(facts: &Facts, made_at: Option<Timestamp>, found: &[FoundTrip]) -> Self {
        let on_paper = |found: &FoundTrip| TripOnPaper {
            trip: one(facts, found.id, &found.planned, Delivery::OnlyHere),
            names: found.owned.party.people.iter().map(|person| person.name.clone()).collect(),
            of_others: trips::overlap(&found.planned, facts.trips.iter().map(|(id, trip)| (*id, trip)), facts.now)
                .is_some(),
            said: found.owned.standing.said.as_ref().map(|said| SaidBefore {
                by_status: by_status(&said.people),
                at: said.at,
                is_cry: most_urgent(&said.people).asks_for_help(),
            }),
            asked_at: found.owned.standing.asked_at,
        };
        let line = facts.profile.map(|profile| profile.line.number.as_str().to_owned()).unwrap_or_default();
        Self { made_at, line, found: found.iter().map(on_paper).collect() }
    }
}
