//! A trip that was entered anew while what names people in it could not be read: what was said of it then, and what was
//! said before, are one trip again.

use contract::record::{ForRelatives, Needs};

use super::draft::{LegDraft, TripDraft};

impl TripDraft {
    /// The same, with what was said before wherever nothing was said anew. Where and when stays as it is.
    pub(super) fn with_said_before(self, before: Self) -> Self {
        let as_many = self.children == 0 && people(&self) == people(&before);
        let (adults, children) = if as_many { (before.adults, before.children) } else { (self.adults, self.children) };
        Self {
            origin: self.origin.or(before.origin),
            legs: legs_joined(self.legs, before.legs),
            adults,
            children,
            phone: or(self.phone, before.phone),
            next_of_kin: self.next_of_kin.or(before.next_of_kin),
            for_relatives: unless(self.for_relatives, ForRelatives::is_nothing, before.for_relatives),
            others_told: self.others_told.or(before.others_told),
            called: or(self.called, before.called),
            of_others: self.of_others || before.of_others,
            needs: unless(self.needs, Needs::is_nothing, before.needs),
        }
    }
}

fn people(draft: &TripDraft) -> u32 {
    u32::from(draft.adults) + u32::from(draft.children)
}

fn unless<T>(said: T, is_nothing: impl Fn(&T) -> bool, before: T) -> T {
    if is_nothing(&said) { before } else { said }
}

fn or(said: String, before: String) -> String {
    unless(said, |said| said.trim().is_empty(), before)
}

/// Each leg with the one that it was.
fn legs_joined(legs: Vec<LegDraft>, before: Vec<LegDraft>) -> Vec<LegDraft> {
    let twins = twins(&legs, &before);
    let joined = |(leg, twin): (LegDraft, Option<usize>)| {
        if let Some(old) = twin.and_then(|twin| before.get(twin)) {
            return leg_joined(leg, old.clone(), true);
        }
        match before.iter().rev().find(|old| is_part_of(&leg, old)) {
            Some(old) => leg_joined(leg, old.clone(), false),
            None => leg,
        }
    };
    legs.into_iter().zip(twins).map(joined).collect()
}

/// Which of those before each leg is: where the plan goes the same way the one in its place, else the one that began as
/// it does, else one that is no other's.
fn twins(legs: &[LegDraft], before: &[LegDraft]) -> Vec<Option<usize>> {
    if legs.len() == before.len() && legs.iter().zip(before).all(|(leg, old)| may_be(leg, old)) {
        return (0..legs.len()).map(Some).collect();
    }
    let is_parted = |leg: &LegDraft| before.iter().any(|old| is_part_of(leg, old));
    let mut twins = vec![None; legs.len()];
    for only_as_begun in [true, false] {
        for (index, leg) in legs.iter().enumerate() {
            let is_it = |old| if only_as_begun { begins_as(leg, old) } else { may_be(leg, old) && !is_parted(leg) };
            let twin = (0..before.len()).find(|at| !twins.contains(&Some(*at)) && before.get(*at).is_some_and(is_it));
            if let Some(slot) = twins.get_mut(index).filter(|slot| slot.is_none()) {
                *slot = twin;
            }
        }
    }
    twins
}

/// The same place, from the same moment.
fn begins_as(leg: &LegDraft, old: &LegDraft) -> bool {
    match (leg, old) {
        (LegDraft::Stay { country, from, .. }, LegDraft::Stay { country: there, from: since, .. }) => {
            (country, from) == (there, since)
        }
        (LegDraft::Transit { airport, arrives, .. }, LegDraft::Transit { airport: there, arrives: since, .. }) => {
            (airport, arrives) == (there, since)
        }
        (LegDraft::Stay { .. }, LegDraft::Transit { .. }) | (LegDraft::Transit { .. }, LegDraft::Stay { .. }) => false,
    }
}

/// The same place, perhaps at another time; whoever is stuck in an airport did not come there by the flight of the plan.
fn may_be(leg: &LegDraft, old: &LegDraft) -> bool {
    match (leg, old) {
        (LegDraft::Stay { country, .. }, LegDraft::Stay { country: there, .. }) => country == there,
        (LegDraft::Transit { airport, departs, .. }, LegDraft::Transit { airport: there, .. }) => {
            airport == there && (!departs.is_empty() || begins_as(leg, old))
        }
        (LegDraft::Stay { .. }, LegDraft::Transit { .. }) | (LegDraft::Transit { .. }, LegDraft::Stay { .. }) => false,
    }
}

/// Somebody who cannot leave begins a stay anew, within the one that it was.
fn is_part_of(leg: &LegDraft, old: &LegDraft) -> bool {
    match (leg, old) {
        (
            LegDraft::Stay { country, from, until, .. },
            LegDraft::Stay { country: there, from: since, until: end, .. },
        ) => country == there && until.is_empty() && since < from && (end.is_empty() || from <= end),
        (LegDraft::Stay { .. } | LegDraft::Transit { .. }, LegDraft::Transit { .. })
        | (LegDraft::Transit { .. }, LegDraft::Stay { .. }) => false,
    }
}

/// How they came was said of the day on which they did, and of a ticket on while they knew when they leave.
fn leg_joined(leg: LegDraft, old: LegDraft, is_same: bool) -> LegDraft {
    match (leg, old) {
        (
            LegDraft::Stay { country, city, from, until, address, arrival },
            LegDraft::Stay { city: old_city, address: old_address, arrival: old_arrival, .. },
        ) => {
            let is_there = city.is_none() || city == old_city;
            let address = if is_there { or(address, old_address) } else { address };
            let arrival = arrival.or(old_arrival.filter(|_| is_same));
            LegDraft::Stay { country, city: city.or(old_city), from, until, address, arrival }
        }
        (
            LegDraft::Transit { airport, flight, arrives, departs, airside, onward_ticket, arrival },
            LegDraft::Transit {
                flight: old_flight,
                departs: old_departs,
                airside: was_airside,
                onward_ticket: had_ticket,
                arrival: old_arrival,
                ..
            },
        ) => {
            let has_end_as_before = departs.is_empty() == old_departs.is_empty();
            LegDraft::Transit {
                airport,
                flight: or(flight, old_flight),
                arrives,
                departs,
                airside: airside || was_airside,
                onward_ticket: onward_ticket || (had_ticket && has_end_as_before),
                arrival: arrival.or(old_arrival),
            }
        }
        (leg @ LegDraft::Stay { .. }, LegDraft::Transit { .. })
        | (leg @ LegDraft::Transit { .. }, LegDraft::Stay { .. }) => leg,
    }
}
