//! A plan that changes in a word: somebody stays longer, or a party goes two ways.

use jiff::{Span, Timestamp, ToSpan, civil::DateTime};
use serde::Deserialize;
use ts_rs::TS;

use super::{
    draft::{LegDraft, TripDraft},
    schedule::PlannedTrip,
};
use crate::error::{Failure, FailureCode};

/// How long after its end a plan is still lengthened: whoever is there has not gone on.
const A_WEEK: i64 = 7 * 24;

/// The last stay, where it can last longer: it has an end, and what comes after it has not begun.
fn last_stay(trip: &PlannedTrip, now: Timestamp) -> Option<usize> {
    let index = trip.legs.iter().rposition(|leg| leg.airport.is_none())?;
    let (stay, after) = trip.legs.get(index..)?.split_first()?;
    let waits = after.iter().all(|leg| now < leg.from);
    let is_recent = now.duration_since(stay.until).as_hours() < A_WEEK;
    (!stay.open && waits && is_recent).then_some(index)
}

/// Whether the last stay can last longer.
pub fn can_last_longer(trip: &PlannedTrip, now: Timestamp) -> bool {
    last_stay(trip, now).is_some()
}

/// The same trip with so many nights more on its last stay, from today where it is over; what comes after it moves
/// along. `None` where it has no such stay.
pub fn longer(trip: &PlannedTrip, nights: u8, now: Timestamp) -> Option<TripDraft> {
    let index = last_stay(trip, now)?;
    let stay = trip.legs.get(index)?;
    let mut draft = trip.draft.clone();
    let mut legs = draft.legs.iter_mut().skip(index);
    let LegDraft::Stay { until, .. } = legs.next()? else { return None };
    let before: jiff::civil::Date = until.trim().parse().ok()?;
    let after = before.max(stay.day(now)).checked_add(i64::from(nights).days()).ok()?;
    *until = after.to_string();
    let moved = before.until(after).ok()?;
    for leg in legs {
        let LegDraft::Transit { arrives, departs, .. } = leg else { return None };
        move_by(arrives, moved)?;
        if !departs.trim().is_empty() {
            move_by(departs, moved)?;
        }
    }
    Some(draft)
}

/// A day alone stays one: no hour was said of it.
fn move_by(when: &mut String, days: Span) -> Option<()> {
    let at: DateTime = when.trim().parse().ok()?;
    let form = if when.contains('T') { "%Y-%m-%dT%H:%M" } else { "%Y-%m-%d" };
    *when = at.checked_add(days).ok()?.strftime(form).to_string();
    Some(())
}

/// Who goes another way.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, TS)]
pub struct Split {
    /// How many of them are adults.
    pub adults: u16,
    /// How many are children.
    pub children: u16,
    /// The traveller is one of them.
    pub with_traveller: bool,
    /// Those of them who are on the list, by number.
    pub numbers: Vec<u16>,
}

/// The trip as those who stay on it have it, and the same for those who will go another way: each is on one of the two.
///
/// # Errors
/// [`FailureCode::NoPeople`] where nobody goes; [`FailureCode::NobodyStays`] where so many are not on it, or nobody
/// would stay.
pub fn split(trip: &TripDraft, who: &Split) -> Result<(TripDraft, TripDraft), Failure> {
    let few = |field: &str| Failure::at(FailureCode::NobodyStays, field);
    let &Split { adults, children, with_traveller, .. } = who;
    let is_with_traveller = with_traveller && !trip.of_others;
    let stay = TripDraft {
        adults: trip.adults.checked_sub(adults).ok_or_else(|| few("/adults"))?,
        children: trip.children.checked_sub(children).ok_or_else(|| few("/children"))?,
        of_others: trip.of_others || is_with_traveller,
        ..trip.clone()
    };
    // the traveller is an adult of the trip that they are on
    let go = TripDraft { adults, children, of_others: !is_with_traveller, ..trip.clone() };
    if adults == 0 && (children == 0 || is_with_traveller) {
        return Err(Failure::at(FailureCode::NoPeople, "/adults"));
    }
    if stay.adults == 0 && (stay.children == 0 || !stay.of_others) {
        return Err(few("/adults"));
    }
    Ok((stay, go))
}
