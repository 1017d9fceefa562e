//! The latest check-in.

use contract::{
    ids::TripId,
    record::{CheckInStatus, Kind, PeopleByStatus},
};
use jiff::Timestamp;
use serde::Serialize;
use ts_rs::TS;

use crate::{
    facts::Facts,
    standing,
    store::{self, Delivery},
};

/// How many are in a state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct StatusCount {
    /// How they are.
    pub status: CheckInStatus,
    /// How many.
    pub count: u16,
}

/// Each state that somebody is in.
pub fn by_status(people: &PeopleByStatus) -> Vec<StatusCount> {
    people.iter().map(|(status, count)| StatusCount { status: *status, count: *count }).collect()
}

/// The latest check-in.
#[derive(Debug, Clone, Serialize, TS)]
pub struct CheckInView {
    /// How the party is: the most urgent of what was said.
    pub status: CheckInStatus,
    /// How many are how.
    pub by_status: Vec<StatusCount>,
    /// They left, and help is needed still.
    pub left_in_need: bool,
    /// Of whose trip it is said; absent where of none, and while the trips are locked.
    pub trip: Option<TripId>,
    /// When they said so.
    #[ts(type = "string")]
    pub at: Timestamp,
    /// How many it speaks for.
    pub people: u16,
    /// Of how many.
    pub party: u16,
    /// How many of them stay in need while the trips are locked, whatever is said of all.
    pub stay_in_need: u16,
    /// More than how they are was said.
    pub told_more: bool,
    /// When the ministry had it first, whatever was added since.
    #[ts(type = "string | null")]
    pub received_at: Option<Timestamp>,
    /// It was said just now and can be taken back.
    pub can_undo: bool,
    /// With it goes what it made of the plan.
    pub undoes_plan: bool,
    /// How far it is on its way to the ministry.
    pub delivery: Delivery,
    /// When it was last opened as an SMS: nobody here knows whether that was sent.
    #[ts(type = "string | null")]
    pub sms_opened_at: Option<Timestamp>,
}

/// The latest, where there is one.
pub fn latest(facts: &Facts) -> Option<CheckInView> {
    let check_in = facts.latest_check_in.as_ref()?;
    let details = facts.latest_details.as_ref().filter(|_| !facts.lock.locked);
    Some(CheckInView {
        status: check_in.status(),
        by_status: by_status(&check_in.people),
        left_in_need: check_in.status().asks_for_help() && facts.is_out(),
        trip: check_in.trip.filter(|_| !facts.lock.locked),
        at: check_in.at,
        people: check_in.everybody(),
        party: standing::party_of(facts, check_in),
        stay_in_need: check_in.trip.map(|trip| standing::some_in_need(facts, trip)).unwrap_or_default(),
        told_more: details.is_some_and(store::tells_more),
        received_at: facts.received_at(Kind::CheckIn, &check_in.id.to_string()),
        can_undo: facts.said_just_now().is_some(),
        undoes_plan: facts.said_just_now().is_some_and(|said| facts.is_of_plan(said)),
        delivery: facts.delivery(Kind::CheckIn, &check_in.id.to_string()),
        sms_opened_at: facts.sms_opened_at,
    })
}
