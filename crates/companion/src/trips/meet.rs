//! How two legs of a trip meet: where one ends and the next begins.

use jiff::{SignedDuration, Timestamp};

use super::leg::{PlannedLeg, zone};

const HALF_A_DAY: SignedDuration = SignedDuration::from_hours(12);

/// Ends a transit of which no hour of leaving was said where the next leg begins. Of two that begin on one day the second
/// begins at noon, or halfway through what is left of that day where that is sooner; an hour that was said stands.
pub(super) fn end_with(before: &mut PlannedLeg, next: &mut PlannedLeg) -> Result<(), ()> {
    if next.from <= before.from {
        let is_by_the_hour = next.airport.is_some() && !next.day_only;
        if is_by_the_hour || next.day(next.from) < before.day(before.from) || next.until <= before.from {
            return Err(());
        }
        let half = halfway(before.from, before.day_end(before.from).ok_or(())?)?;
        next.begin_at(if half < next.until { half } else { halfway(before.from, next.until)? });
    }
    if before.open {
        before.until = next.from;
    } else if may_follow(before, next) {
        // the day of leaving stands
        before.until = before.until.min(next.from);
    } else {
        return Err(());
    }
    before.open = false;
    Ok(())
}

/// Half a day after `from` at most.
fn halfway(from: Timestamp, until: Timestamp) -> Result<Timestamp, ()> {
    let half = until.duration_since(from) / 2;
    from.checked_add(half.min(HALF_A_DAY)).map_err(|_| ())
}

/// Makes two legs meet: on a day that belongs to both, the stay yields to the transit's exact times,
/// and an earlier stay ends where the next begins. An overlap of more than that is an error.
pub(super) fn follow(before: &mut PlannedLeg, next: &mut PlannedLeg) -> Result<(), ()> {
    if before.until <= next.from {
        return Ok(());
    }
    if !may_follow(before, next) || next.until <= before.from {
        return Err(());
    }
    // somebody who said no hour comes when the flight before ends
    if next.day_only && before.airport.is_some() && before.until < next.until {
        next.begin_at(before.until);
        return Ok(());
    }
    let are_by_day = before.airport.is_none() && (next.airport.is_none() || next.day_only);
    // of two that begin on one day the second begins at its noon
    let noon = before.from.max(next.from).checked_add(HALF_A_DAY).map_err(|_| ())?;
    if before.airport.is_some() && next.airport.is_none() && before.until < next.until {
        next.begin_at(before.until);
        Ok(())
    } else if before.airport.is_none() && before.from < next.from {
        before.until = next.from;
        Ok(())
    } else if are_by_day && noon < next.until {
        next.begin_at(noon);
        before.until = noon;
        Ok(())
    } else {
        Err(())
    }
}

/// Whether somebody may leave on the last day of one and arrive on the first day of the other.
pub(super) fn may_follow(before: &PlannedLeg, next: &PlannedLeg) -> bool {
    let (left, arrived) = (before.day_before(before.until), next.day(next.from));
    // flying east, one date lasts longer than a day
    let same_date = left <= arrived;
    let shared_day = before.until.duration_since(next.from).as_hours() <= 25;
    // and over the date line they arrive on the day before they left
    let is_day_before = arrived.tomorrow().is_ok_and(|after| after == left);
    same_date || shared_day || (is_day_before && is_over_the_date_line(before, next))
}

/// Whether the clock of `next` is more than half a day behind that of `before`.
fn is_over_the_date_line(before: &PlannedLeg, next: &PlannedLeg) -> bool {
    let ahead = |leg: &PlannedLeg| zone(&leg.time_zone).to_offset(next.from).seconds();
    ahead(before) - ahead(next) > 12 * 3600
}
