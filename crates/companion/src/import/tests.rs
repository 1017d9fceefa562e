//! What is read of files, and what is said of those that are not.

mod boarding_passes;
mod calendars;
mod corpus;
mod hostile;
mod journeys;
mod mails;
mod tickets;

use jiff::Timestamp;

use super::{Proposal, Refusal, With};
use crate::testing::InProcess;

fn with(now: Timestamp) -> With<'static> {
    With { now, reader: &InProcess }
}

fn read(bytes: &[u8], now: Timestamp) -> Result<Proposal, Refusal> {
    super::read(bytes, with(now))
}
