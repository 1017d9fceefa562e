//! The latest check-in.

use contract::record::{CheckInStatus, Kind};
use jiff::Timestamp;
use serde::Serialize;
use ts_rs::TS;

use crate::{facts::Facts, store::Delivery};

#[derive(Debug, Clone, Serialize, TS)]
pub struct CheckInView {
    pub status: CheckInStatus,
    #[ts(type = "string")]
    pub at: Timestamp,
    pub people: u16,
    pub delivery: Delivery,
}

pub fn latest(facts: &Facts) -> Option<CheckInView> {
    let check_in = facts.latest_check_in.as_ref()?;
    Some(CheckInView {
        status: check_in.status,
        at: check_in.at,
        people: check_in.people,
        delivery: facts.delivery(Kind::CheckIn, &check_in.id.to_string()),
    })
}
