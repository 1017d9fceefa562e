//! A stay or a transit whose place and time are known.

use contract::{
    place::{AirportCode, CountryCode, Position},
    words::Words,
};
use jiff::{Timestamp, ToSpan, civil::Date, tz::TimeZone};

/// How long a leg without an end is shown as under way: as long as the ministry takes it to last.
const OPEN_HOURS: i64 = 90 * 24;

/// A stay or a transit, from an instant to an instant.
#[derive(Debug, Clone, PartialEq)]
pub struct PlannedLeg {
    /// ISO 3166-1 alpha-2.
    pub country: CountryCode,
    /// What the country is called.
    pub country_name: Words,
    /// What it is called.
    pub place: Words,
    /// Present for a transit.
    pub airport: Option<AirportCode>,
    /// Absent where only the country is known.
    pub position: Option<Position>,
    /// IANA name.
    pub time_zone: String,
    /// When it begins.
    pub from: Timestamp,
    /// When they say that it does: earlier than it is taken to, where no hour says how long they wait before it.
    pub said_from: Timestamp,
    /// When it ends, or is taken to.
    pub until: Timestamp,
    /// Nobody knows yet when it ends.
    pub open: bool,
    /// Of an arrival at an airport the day was said, and not the hour.
    pub day_only: bool,
}

impl PlannedLeg {
    /// The day that it is there at a moment.
    pub(super) fn day(&self, at: Timestamp) -> Date {
        at.to_zoned(zone(&self.time_zone)).date()
    }

    /// The last day before a moment.
    pub(super) fn day_before(&self, at: Timestamp) -> Date {
        self.day(at.checked_sub(1.nanosecond()).unwrap_or(at))
    }

    /// When a day is over there.
    pub(super) fn end_of(&self, day: Date) -> Option<Timestamp> {
        let next = day.tomorrow().ok()?.to_zoned(zone(&self.time_zone)).ok()?;
        Some(next.timestamp())
    }

    /// Whether both are one place.
    pub(super) fn is_where(&self, other: &Self) -> bool {
        (self.country, self.airport, &self.place) == (other.country, other.airport, &other.place)
    }

    /// Whether it is known by the hour when they come there.
    pub(super) fn begins_by_the_hour(&self) -> bool {
        self.airport.is_some() && !self.day_only
    }

    /// Begins it at another moment: one without an end is taken to last as long from there.
    pub(super) fn begin_at(&mut self, from: Timestamp) {
        (self.from, self.said_from) = (from, from);
        if self.open {
            self.until = without_end(from);
        }
    }

    /// Begins it later than they say: they wait in the place before.
    pub(super) fn wait_until(&mut self, from: Timestamp, before: &Self) {
        let said_from = self.said_from.max(before.from);
        self.begin_at(from);
        self.said_from = said_from;
    }

    /// When it ends, where that is known: one without an end may end where another trip begins.
    pub fn known_end(&self) -> Option<Timestamp> {
        Some(self.until).filter(|until| !self.open || *until < without_end(self.from))
    }

    /// Which field of a draft says when it begins.
    pub(super) fn beginning(&self, index: usize) -> String {
        format!("/legs/{index}/{}", if self.airport.is_some() { "arrives" } else { "from" })
    }

    /// Which field of a draft says when it ends.
    pub(super) fn end(&self, index: usize) -> String {
        format!("/legs/{index}/{}", if self.airport.is_some() { "departs" } else { "until" })
    }
}

pub(super) fn zone(name: &str) -> TimeZone {
    TimeZone::get(name).unwrap_or(TimeZone::UTC)
}

pub(super) fn without_end(from: Timestamp) -> Timestamp {
    from.saturating_add(OPEN_HOURS.hours()).unwrap_or(Timestamp::MAX)
}
