//! Whom what holds in a place concerns.

use serde::Serialize;
use ts_rs::TS;

/// Whom an advisory concerns, nearest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Concern {
    /// Where the traveller is.
    Here,
    /// Where a trip of theirs leads.
    Trip,
    /// Where a trip of others leads, on which the traveller is not.
    Others,
    /// None of their places.
    Elsewhere,
}
