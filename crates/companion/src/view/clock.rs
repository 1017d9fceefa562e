//! What the clocks on the walls show, by the zone table of this release: the one of a WebView may be years old.

use jiff::{SignedDuration, Timestamp, civil::DateTime, tz::TimeZone};
use serde::Serialize;
use ts_rs::TS;

/// How far from now offsets are told.
const AROUND_NOW: SignedDuration = SignedDuration::from_hours(2 * 366 * 24);

/// From a moment on, until the next of its list, the clocks of a place are so far ahead of UTC.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Offset {
    #[ts(type = "string")]
    pub from: Timestamp,
    pub minutes: i32,
}

/// Every offset of a zone in the two years before `now` and the two after. A zone nobody knows keeps UTC.
pub fn offsets(zone: &str, now: Timestamp) -> Vec<Offset> {
    let zone = known(zone);
    let (begin, end) = (now.saturating_sub(AROUND_NOW), now.saturating_add(AROUND_NOW));
    let (begin, end) = (begin.unwrap_or(Timestamp::MIN), end.unwrap_or(Timestamp::MAX));
    let changes = zone.following(begin).map(|change| change.timestamp()).take_while(|change| *change < end);
    std::iter::once(begin).chain(changes).map(|from| Offset { from, minutes: minutes(&zone, from) }).collect()
}

/// The clock on a wall of the zone.
pub fn wall(zone: &str, at: Timestamp) -> DateTime {
    known(zone).to_datetime(at)
}

/// How many minutes the clocks of a zone are ahead of those of another; negative where they are behind.
pub fn minutes_ahead(zone: &str, other: &str, at: Timestamp) -> i32 {
    minutes(&known(zone), at) - minutes(&known(other), at)
}

fn known(zone: &str) -> TimeZone {
    TimeZone::get(zone).unwrap_or(TimeZone::UTC)
}

fn minutes(zone: &TimeZone, at: Timestamp) -> i32 {
    zone.to_offset(at).seconds() / 60
}
