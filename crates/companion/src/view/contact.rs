//! How things stand between this device and the ministry.

use contract::{jws::Refusal, record::Kind};
use jiff::Timestamp;
use serde::Serialize;
use ts_rs::TS;

use crate::{bulletin::Refused, facts::Facts, front_client::Link};

/// How things stand between this device and the ministry.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ContactState {
    /// Whether the front is within reach.
    pub link: Link,
    /// When the ministry was last heard, with everything verified.
    #[ts(type = "string | null")]
    pub last_heard: Option<Timestamp>,
    /// Newer word may exist: the head is past its expiry or frames are missing.
    pub may_be_stale: bool,
    /// The ministry's desk has confirmed within its day that nothing was left out.
    pub confirmed: bool,
    /// Something that the ministry says demands a newer app.
    pub app_too_old: bool,
    /// This device's clock is behind what the ministry has signed.
    pub clock_is_behind: bool,
    /// How many entered things wait to be sent.
    pub waiting: u32,
    /// The last thing that was refused because its source could not be verified.
    pub refused: Option<Refused>,
}

/// As things stand.
pub fn contact(facts: &Facts) -> ContactState {
    let entered = facts.outbox.iter().filter(|item| !matches!(item.kind, Kind::Device | Kind::Receipts));
    let waiting = entered.filter(|item| item.received_version < item.version).count();
    let refused_for_age = facts.refused.as_ref().is_some_and(|refused| refused.reason == Refusal::AppTooOld);
    ContactState {
        link: facts.link,
        last_heard: facts.last_heard,
        may_be_stale: facts.bulletin.may_be_stale(facts.now),
        confirmed: facts.bulletin.is_confirmed(facts.now),
        app_too_old: facts.bulletin.is_too_new() || refused_for_age,
        clock_is_behind: facts.is_clock_behind,
        waiting: u32::try_from(waiting).unwrap_or(u32::MAX),
        refused: facts.refused.clone(),
    }
}
