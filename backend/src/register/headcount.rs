//! How people are counted, whatever database the trips came from.

use contract::record::{CheckInStatus, Headcount};
use jiff::{SignedDuration, Timestamp};

/// After this long nobody is counted as overdue any more.
pub const OVERDUE_DAYS: i64 = 90;

/// A trip that is, or was in the last [`OVERDUE_DAYS`], in the place asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    pub people: u16,
    pub received_at: Timestamp,
    /// A leg there covers the time asked for.
    pub present: bool,
    /// When the trip's last leg ends, where that leg is there.
    pub ends_there: Option<Timestamp>,
    pub latest: Option<Latest>,
}

/// The latest check-in of a trip.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Latest {
    pub status: CheckInStatus,
    pub people: u16,
    pub at: Timestamp,
    pub received_at: Timestamp,
}

/// Counts each trip once. Whoever is overdue stands beside the total, yet their word on how they are counts.
pub fn tally(candidates: impl IntoIterator<Item = Candidate>, at: Timestamp) -> Headcount {
    let mut count = Headcount {
        people: 0,
        trips: 0,
        overdue: 0,
        safe: 0,
        need_help: 0,
        stranded: 0,
        need_help_without_trip: 0,
        beyond_party: 0,
        at,
        as_of: None,
    };
    for trip in candidates {
        let left = trip.latest.as_ref().filter(|latest| latest.status == CheckInStatus::Left);
        if trip.present && left.is_none_or(|left| at < left.at) {
            count.people += u64::from(trip.people);
            count.trips += 1;
        } else if !trip.present && left.is_none() && trip.ends_there.is_some_and(|end| is_overdue(end, at)) {
            count.overdue += u64::from(trip.people);
        } else {
            continue;
        }
        count.as_of = count.as_of.max(Some(trip.received_at));
        if let Some(latest) = trip.latest {
            let people = u64::from(latest.people.min(trip.people));
            match latest.status {
                CheckInStatus::Safe => count.safe += people,
                CheckInStatus::NeedHelp | CheckInStatus::Other => count.need_help += people,
                CheckInStatus::Stranded => count.stranded += people,
                CheckInStatus::Left => {}
            }
            count.as_of = count.as_of.max(Some(latest.received_at));
        }
    }
    count
}

fn is_overdue(end: Timestamp, at: Timestamp) -> bool {
    let late = at.duration_since(end);
    !late.is_negative() && late <= SignedDuration::from_hours(24 * OVERDUE_DAYS)
}
