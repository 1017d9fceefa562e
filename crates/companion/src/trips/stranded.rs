//! A plan that broke off: what is under way has no end any more, and what was to follow is not to be counted on.

use contract::place::AirportCode;
use jiff::{SignedDuration, Timestamp, civil::DateTime, tz::TimeZone};

use super::{
    draft::{LegDraft, TripDraft},
    leg::PlannedLeg,
    perhaps::begun_by,
    schedule::{MAX_LEGS, PlannedTrip, schedule_kept},
};
use crate::calendar::A_DAY;

/// The same trip for somebody who cannot leave where they are by the plan, or by what they `said` where that leaves it
/// open. `None` where it is not under way.
pub fn cut_off(trip: &PlannedTrip, said: Option<&PlannedLeg>, now: Timestamp) -> Option<TripDraft> {
    let mut draft = begun(trip, begun_by(trip, said, now)).filter(|_| now < trip.until())?;
    let planned = trip.legs.get(draft.legs.len().checked_sub(1)?)?;
    let leg = draft.legs.pop()?;
    if now.duration_since(planned.from) < A_MONTH {
        draft.legs.push(without_end(leg));
    } else {
        // without an end a leg lasts for some time since it began: it begins again, so that they are counted for as long
        draft.legs.push(ended(leg.clone(), planned, now));
        draft.legs.push(without_end(beginning(leg, planned, now)));
    }
    Some(no_longer(draft))
}

/// The same trip for somebody who has left where it had no end: they were there for as much as a draft can say. `None`
/// where it has one.
pub fn left(trip: &PlannedTrip, now: Timestamp) -> Option<TripDraft> {
    let planned = trip.legs.last().filter(|leg| leg.open)?;
    let mut draft = trip.draft.clone();
    let leg = draft.legs.pop()?;
    draft.legs.push(ended(leg, planned, now.max(planned.from + A_MINUTE)));
    Some(draft)
}

/// The same trip for somebody who is not where it has them any more: that leg is over, and what follows stands. `None` where
/// none is under way, or what follows would not fit.
pub fn gone(trip: &PlannedTrip, now: Timestamp) -> Option<TripDraft> {
    let index = trip.index_at(now)?;
    let planned = trip.legs.get(index).filter(|leg| now < leg.until)?;
    let mut draft = trip.draft.clone();
    let leg = draft.legs.get_mut(index)?;
    *leg = ended(leg.clone(), planned, now.max(planned.from + A_MINUTE));
    schedule_kept(draft.clone()).is_ok().then_some(draft)
}

/// The trip of somebody who is stuck in an airport: the one under way, led there, else a new one of `people`.
pub fn stuck(
    under_way: Option<&PlannedTrip>,
    people: TripDraft,
    airport: &atlas::Airport,
    airside: bool,
    now: Timestamp,
) -> TripDraft {
    let is_here = |planned: &PlannedLeg| planned.airport == Some(airport.code);
    let here = stuck_leg(airport.code, local_minute(now, airport.time_zone), airside);
    let Some((trip, mut draft)) = under_way.and_then(|trip| Some((trip, begun(trip, begun_by(trip, None, now))?)))
    else {
        return TripDraft { legs: vec![here], ..people };
    };
    let mut planned = trip.legs.iter().take(draft.legs.len()).collect::<Vec<_>>();
    // what the plan had them fly on to today, they did not: nobody waits longer to say that they missed their flight
    if let Some(index) = planned.iter().rposition(|leg| is_here(leg))
        && planned.get(index + 1).is_some_and(|next| now.duration_since(next.from) < A_DAY)
    {
        planned.truncate(index + 1);
        draft.legs.truncate(index + 1);
    }
    // what begins this very minute was nowhere yet, and what was to end there ends now
    while planned.pop_if(|leg| has_just_begun(leg, now) && !is_here(leg)).is_some() {
        draft.legs.pop();
    }
    leave_as_planned(&mut draft.legs, &planned);
    match (draft.legs.pop(), planned.last()) {
        (Some(leg), Some(last)) if is_here(last) => draft.legs.push(on_side(without_end(leg), airside)),
        (Some(leg), Some(last)) => draft.legs.extend([ended(leg, last, now), here]),
        (None, _) | (Some(_), None) => draft.legs.push(here),
    }
    no_longer(draft)
}

/// Whether a plan that broke off has lost what was to follow, or a ticket onward.
pub fn drops_rest(before: &TripDraft, after: &TripDraft) -> bool {
    let Some(last) = before.legs.last() else { return false };
    let is_kept = after.legs.iter().any(|leg| leg.begins_as(last));
    let is_ticket_gone = after.legs.last().is_some_and(|leg| leg.is_where(last) && !leg.holds_onward_ticket());
    !is_kept || last.holds_onward_ticket() && is_ticket_gone
}

/// No more legs than a trip may have: where they are is what counts.
fn no_longer(mut draft: TripDraft) -> TripDraft {
    if draft.legs.len() > MAX_LEGS {
        draft.legs.remove(0);
    }
    draft
}

/// As exactly as a draft knows the time.
const A_MINUTE: SignedDuration = SignedDuration::from_mins(1);

/// A third of the time that a leg without an end is taken to last.
const A_MONTH: SignedDuration = SignedDuration::from_hours(30 * 24);

/// The letters of a date in `YYYY-MM-DDTHH:MM`.
const DATE: usize = 10;

/// The draft with the legs that have begun.
fn begun(trip: &PlannedTrip, count: usize) -> Option<TripDraft> {
    let mut draft = trip.draft.clone();
    draft.legs.truncate(count);
    (count > 0).then_some(draft)
}

/// Nobody was there for as much as a draft can say.
fn has_just_begun(leg: &PlannedLeg, now: Timestamp) -> bool {
    now.duration_since(leg.from) < A_MINUTE
}

/// A transit whose hour of leaving nobody said lasts as the plan had it, and no longer: what follows has begun.
fn leave_as_planned(legs: &mut [LegDraft], planned: &[&PlannedLeg]) {
    let followed = planned.len().saturating_sub(1);
    for (leg, planned) in legs.iter_mut().zip(planned).take(followed) {
        if let LegDraft::Transit { departs, .. } = leg
            && !departs.contains('T')
        {
            *departs = local_minute(planned.until, &planned.time_zone);
        }
    }
}

/// The leg, over by now.
fn ended(mut leg: LegDraft, planned: &PlannedLeg, now: Timestamp) -> LegDraft {
    let now = local_minute(now, &planned.time_zone);
    match &mut leg {
        LegDraft::Stay { until, .. } => *until = now.chars().take(DATE).collect(),
        LegDraft::Transit { departs, .. } => *departs = now,
    }
    leg
}

/// The leg, from now on; how they came was said of the day on which they did.
fn beginning(mut leg: LegDraft, planned: &PlannedLeg, now: Timestamp) -> LegDraft {
    let now = local_minute(now, &planned.time_zone);
    *leg.arrival_mut() = None;
    match &mut leg {
        LegDraft::Stay { from, .. } => *from = now.chars().take(DATE).collect(),
        LegDraft::Transit { arrives, .. } => *arrives = now,
    }
    leg
}

/// The leg of somebody who does not know when they can leave.
fn without_end(mut leg: LegDraft) -> LegDraft {
    match &mut leg {
        LegDraft::Stay { until, .. } => until.clear(),
        LegDraft::Transit { departs, onward_ticket, .. } => {
            departs.clear();
            *onward_ticket = false;
        }
    }
    leg
}

/// Whether they are behind the border control, as they say now.
fn on_side(mut leg: LegDraft, is_airside: bool) -> LegDraft {
    if let LegDraft::Transit { airside, .. } = &mut leg {
        *airside = is_airside;
    }
    leg
}

fn stuck_leg(airport: AirportCode, arrives: String, airside: bool) -> LegDraft {
    LegDraft::Transit {
        airport: airport.to_string(),
        flight: String::new(),
        arrives,
        departs: String::new(),
        airside,
        onward_ticket: false,
        arrival: None,
    }
}

fn local_minute(now: Timestamp, zone: &str) -> String {
    let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
    let local: DateTime = now.to_zoned(zone).datetime();
    local.strftime("%Y-%m-%dT%H:%M").to_string()
}
