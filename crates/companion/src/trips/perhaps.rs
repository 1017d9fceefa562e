//! A day on which one place goes over into another and no hour says when: they may be in either.

use jiff::Timestamp;

use super::{leg::PlannedLeg, meet::meet_by_day, schedule::PlannedTrip};

/// Which legs they may be on; none where the plan says it.
pub fn perhaps_on(trip: &PlannedTrip, now: Timestamp) -> Vec<usize> {
    let legs: Vec<_> = trip.draft.legs.iter().map(|leg| leg.names_hour_of_leaving()).zip(&trip.legs).collect();
    let mut perhaps: Vec<usize> = Vec::new();
    for (index, pair) in legs.windows(2).enumerate() {
        if let [(names_hour, before), (_, next)] = pair
            && meet_by_day((before, *names_hour), next, now)
        {
            perhaps.extend([index, index + 1]);
        }
    }
    perhaps.dedup();
    perhaps
}

/// Whether they may be at home yet, on the first day of a plan that says no hour of it. Where nothing else begins that
/// day, a word that they are would outlast it.
pub fn perhaps_at_home(trip: &PlannedTrip, now: Timestamp) -> bool {
    let [first, second, ..] = trip.legs.as_slice() else { return false };
    let is_first_day = first.day(now) == first.day(first.from);
    let is_open = is_first_day && !first.begins_by_the_hour() && now < second.from;
    is_open && perhaps_on(trip, now).first() == Some(&0)
}

/// On which leg they said that they are, on a day that leaves it open.
pub fn said_on(trip: &PlannedTrip, said: Option<&PlannedLeg>, now: Timestamp) -> Option<usize> {
    let is_said = |index: &usize| trip.legs.get(*index).zip(said).is_some_and(|(leg, said)| leg.is_where(said));
    perhaps_on(trip, now).into_iter().find(is_said)
}

/// How many legs have begun: by where they said they are, on a day that leaves it open, else by the plan.
pub(super) fn begun_by(trip: &PlannedTrip, said: Option<&PlannedLeg>, now: Timestamp) -> usize {
    let said = said_on(trip, said, now).map(|index| index + 1);
    said.unwrap_or_else(|| trip.legs.iter().filter(|leg| leg.from <= now).count())
}
