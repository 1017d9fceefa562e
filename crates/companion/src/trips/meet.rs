//! How two legs of a trip meet: where one ends and the next begins.

use jiff::{SignedDuration, Timestamp};

use super::leg::{PlannedLeg, zone};

const HALF_A_DAY: SignedDuration = SignedDuration::from_hours(12);

/// The same of whoever enters the country there: a stay in it begins on that day, at its noon, and not after a night in the
/// airport.
pub(super) fn enter_by(before: &mut PlannedLeg, next: &mut PlannedLeg) -> Result<(), ()> {
    let is_by_land = before.open && next.airport.is_none() && next.country == before.country;
    let said_from = next.from;
    end_with(before, next)?;
    let noon = before.from.max(said_from).checked_add(HALF_A_DAY).map_err(|_| ())?;
    if is_by_land && before.from < noon && noon < before.until {
        before.until = noon;
        next.wait_until(noon, before);
    }
    Ok(())
}

/// Ends a transit of which no hour of leaving was said. Whoever waits there is told what holds there for as long as they
/// may wait: to the end of the day on which they leave, or to the hour of the next flight. The next leg begins then; one
/// of which nothing would be left has half of that time.
pub(super) fn end_with(before: &mut PlannedLeg, next: &mut PlannedLeg) -> Result<(), ()> {
    let by_the_hour = next.begins_by_the_hour();
    let arrived = next.day(next.from);
    let is_first = next.from <= before.from && (by_the_hour || arrived < before.day(before.from));
    if is_first || next.until <= before.from || !(before.open || may_follow(before, next)) {
        return Err(());
    }
    before.until = match before.open {
        true if by_the_hour => next.from,
        true => before.end_of(arrived.max(before.day(before.from))).ok_or(())?,
        false if by_the_hour => before.until.min(next.from),
        // the day of leaving stands
        false => before.until,
    };
    if before.until >= next.until {
        before.until = halfway(before.from.max(next.from), next.until)?;
    }
    before.open = false;
    if next.from < before.until {
        next.wait_until(before.until, before);
    }
    Ok(())
}

fn halfway(from: Timestamp, until: Timestamp) -> Result<Timestamp, ()> {
    from.checked_add(until.duration_since(from) / 2).map_err(|_| ())
}

/// Whether one goes over into the other on the day of a moment, and no hour says when.
pub(super) fn meet_by_day((before, names_hour): (&PlannedLeg, bool), next: &PlannedLeg, now: Timestamp) -> bool {
    let is_today = if before.airport.is_some() {
        !names_hour && before.day(now) == before.day_before(before.until)
    } else {
        next.day(now) == next.day(next.from)
    };
    before.until == next.from && !next.begins_by_the_hour() && is_today
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
