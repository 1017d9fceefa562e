//! Trips at one time: the ministry counts each, so the traveller is on one of them at most.

use contract::ids::TripId;
use jiff::{Timestamp, civil::Date};
use serde::Serialize;
use ts_rs::TS;

use super::{
    leg::PlannedLeg,
    meet::may_follow,
    schedule::{PlannedTrip, schedule_kept},
};
use crate::error::{Failure, FailureCode};

/// Where a trip has the traveller in two places at one time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Overlap {
    /// The other trip.
    pub trip: TripId,
    /// Which leg of this one is the first of them.
    pub leg: usize,
    /// The first day of both, at that leg's place.
    #[ts(type = "string")]
    pub from: Date,
    /// The last one; absent where nobody knows it yet.
    #[ts(type = "string | null")]
    pub until: Option<Date>,
    /// The field that says when that leg begins.
    #[serde(skip)]
    field: String,
}

impl Overlap {
    /// Why the trip is not kept.
    pub fn failure(self) -> Failure {
        Failure::at(FailureCode::AtOneTime, self.field)
    }
}

impl PlannedTrip {
    /// Whether it has the traveller where `kept` has them: what an app before this one kept at one time with another
    /// trip is no reason to refuse a new phone number.
    pub fn is_when(&self, kept: &Self) -> bool {
        let of_others = kept.draft.of_others;
        // by its own plan: another trip may have ended it
        let kept = schedule_kept(kept.draft.clone());
        kept.is_ok_and(|kept| self.legs == kept.legs) && self.draft.of_others == of_others
    }

    /// Whether both are of the same others, at the same time in the same places: the ministry would count them twice.
    pub fn is_of_the_same_others(&self, kept: &Self) -> bool {
        let who = |trip: &Self| (trip.draft.adults, trip.draft.children, trip.draft.phone.clone());
        self.draft.of_others && kept.draft.of_others && self.legs == kept.legs && who(self) == who(kept)
    }
}

/// A person is in one place: where nobody knows when a leg ends, it ends where another trip of theirs begins.
pub fn in_one_place(trips: &mut [(TripId, PlannedTrip)], now: Timestamp) {
    let ends: Vec<Option<Timestamp>> =
        trips.iter().map(|(_, trip)| next_trip(trip, trips).map(|(_, next)| next.from())).collect();
    for ((_, trip), end) in trips.iter_mut().zip(ends) {
        if let Some((leg, end)) = trip.legs.last_mut().zip(end).filter(|(leg, end)| *end < leg.until) {
            leg.until = end;
            leg.open = now < end;
        }
    }
}

/// The first trip of the traveller that begins while the last leg of `trip` has no end.
pub fn next_trip<'a>(trip: &PlannedTrip, trips: &'a [(TripId, PlannedTrip)]) -> Option<&'a (TripId, PlannedTrip)> {
    let open = trip.legs.last().filter(|leg| leg.open && !trip.draft.of_others)?;
    let later = trips.iter().filter(|(_, next)| !next.draft.of_others && ends_before(open, next));
    later.min_by_key(|(_, next)| next.from())
}

fn ends_before(open: &PlannedLeg, next: &PlannedTrip) -> bool {
    open.from < next.from()
}

/// The first leg during which the traveller is, by now or later, on one of `others` too.
pub fn overlap<'a>(
    trip: &PlannedTrip,
    others: impl Iterator<Item = (TripId, &'a PlannedTrip)>,
    now: Timestamp,
) -> Option<Overlap> {
    let with_traveller = |trip: &PlannedTrip| !trip.draft.of_others;
    others
        .filter(|(_, other)| with_traveller(trip) && with_traveller(other))
        .filter_map(|(id, other)| both(trip, id, other, now))
        .min_by_key(|overlap| overlap.leg)
}

fn both(trip: &PlannedTrip, id: TripId, other: &PlannedTrip, now: Timestamp) -> Option<Overlap> {
    let legs = trip.legs.iter().enumerate();
    let pairs = legs.flat_map(|(index, leg)| other.legs.iter().map(move |there| (index, leg, there)));
    let met: Vec<_> = pairs
        .filter(|(_, leg, there)| {
            let ends = end(leg, other, now).min(end(there, trip, now));
            // of a place without an end it would be said that they left it when they are back
            let concerns = ends >= now || leg.open || there.open;
            leg.from.max(there.from) < ends && concerns && !is_day_of_travel(leg, there)
        })
        .collect();
    let (&(index, leg, there), &(_, last, last_there)) = met.first().zip(met.last())?;
    let ends_first = if last_there.until < last.until { last_there } else { last };
    Some(Overlap {
        trip: id,
        leg: index,
        from: leg.day(leg.from.max(there.from)),
        until: (!ends_first.open).then(|| last.day_before(ends_first.until)),
        field: leg.beginning(index),
    })
}

/// A leg without an end ends where the other trip begins, unless that is over already.
fn end(leg: &PlannedLeg, other: &PlannedTrip, now: Timestamp) -> Timestamp {
    if leg.open && ends_before(leg, other) && now < other.until() { other.from() } else { leg.until }
}

/// Where one ends on the day that the other begins elsewhere, they are in both that day, as by two legs of one trip.
fn is_day_of_travel(leg: &PlannedLeg, there: &PlannedLeg) -> bool {
    let is_first = (leg.from, leg.until) <= (there.from, there.until);
    let (before, next) = if is_first { (leg, there) } else { (there, leg) };
    before.country != next.country && may_follow(before, next)
}
