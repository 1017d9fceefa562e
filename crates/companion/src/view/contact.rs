//! How things stand between this device and the ministry.

use jiff::Timestamp;
use serde::Serialize;
use ts_rs::TS;

use crate::{bulletin::Refused, facts::Facts, front_client::Link, store::Kind};

/// How things stand between this device and the ministry.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ContactState {
    pub link: Link,
    /// When the ministry was last heard, with everything verified.
    #[ts(type = "string | null")]
    pub last_heard: Option<Timestamp>,
    /// Newer word may exist: the head is past its expiry or frames are missing.
    pub may_be_stale: bool,
    /// How many entered things wait to be sent.
    pub waiting: u32,
    /// The last thing that was refused because its source could not be verified.
    pub refused: Option<Refused>,
}

pub fn contact(facts: &Facts) -> ContactState {
    let entered = facts.outbox.iter().filter(|item| !matches!(item.kind, Kind::Device | Kind::Receipt));
    let waiting = entered.filter(|item| item.received_version < item.version).count();
    ContactState {
        link: facts.link,
        last_heard: facts.last_heard,
        may_be_stale: facts.bulletin.may_be_stale(facts.now),
        waiting: u32::try_from(waiting).unwrap_or(u32::MAX),
        refused: facts.refused.clone(),
    }
}
