//! The clocks of the zones that a screen tells the time in, by the zone table that is bundled with the app: a WebView's own
//! may be years older.

use std::collections::BTreeMap;

use jiff::{Timestamp, ToSpan, tz::TimeZone};
use serde::Serialize;
use ts_rs::TS;

/// From an instant on, the clocks of a zone show this much more than UTC.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Shift {
    #[ts(type = "string")]
    pub from: Timestamp,
    /// Seconds ahead of UTC.
    pub seconds: i32,
}

/// By IANA name.
pub type Clocks = BTreeMap<String, Vec<Shift>>;

/// What is shown lies at most so far in the past, or as many shifts of a clock ahead.
const PAST_HOURS: i32 = 2 * 366 * 24;
const MOST_SHIFTS: usize = 12;

/// The shifts of a zone's clock around `now`, in order; none for a zone that is not known.
pub fn shifts(zone: &str, now: Timestamp) -> Vec<Shift> {
    let Ok(zone) = TimeZone::get(zone) else { return Vec::new() };
    let from = now.checked_sub(PAST_HOURS.hours()).unwrap_or(Timestamp::MIN);
    let first = Shift { from, seconds: zone.to_offset(from).seconds() };
    let later = zone.following(from).map(|next| Shift { from: next.timestamp(), seconds: next.offset().seconds() });
    std::iter::once(first).chain(later.take(MOST_SHIFTS)).collect()
}

pub fn clocks<'a>(zones: impl IntoIterator<Item = &'a str>, now: Timestamp) -> Clocks {
    zones.into_iter().map(|zone| (zone.to_owned(), shifts(zone, now))).collect()
}
