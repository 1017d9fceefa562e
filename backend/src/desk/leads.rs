//! Who leads what a device said: itself, or the device to which its trip was moved by a code on paper (decision 43).

use std::collections::{BTreeSet, HashMap};

use contract::{
    ids::{DeviceId, TripId},
    record::Former,
};

/// A trip that another device leads since.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Moved {
    pub trip: TripId,
    pub from: DeviceId,
    pub to: DeviceId,
}

/// Every trip that moved.
#[derive(Debug, Clone, Default)]
pub struct Leads(HashMap<DeviceId, Vec<Moved>>);

impl Leads {
    /// A trip that `to` leads, and who led it before.
    pub fn add(&mut self, trip: TripId, to: DeviceId, former: &[Former]) {
        // a phone that has it back is none of those before
        for Former { device, .. } in former.iter().filter(|former| former.device != to) {
            self.0.entry(*device).or_default().push(Moved { trip, from: *device, to });
        }
    }

    /// Those of the moves that `is_one` holds for.
    pub fn only(mut self, is_one: impl Fn(&Moved) -> bool) -> Self {
        self.0.values_mut().for_each(|moved| moved.retain(&is_one));
        self
    }

    /// Whose word it is that `device` said of a trip. What it said of none is its own for ever: whoever has the code on
    /// paper has the trip, and nothing else of hers.
    pub fn of(&self, device: DeviceId, trip: Option<TripId>) -> DeviceId {
        trip.and_then(|trip| self.of_trip(device, trip)).map_or(device, |moved| moved.to)
    }

    /// How a trip moved from a device.
    pub fn of_trip(&self, device: DeviceId, trip: TripId) -> Option<&Moved> {
        self.from(device).iter().find(|moved| moved.trip == trip)
    }

    /// The trips that were moved from a device.
    pub fn from(&self, device: DeviceId) -> &[Moved] {
        self.0.get(&device).map(Vec::as_slice).unwrap_or_default()
    }

    /// From which devices something was moved to this one.
    pub fn to(&self, device: DeviceId) -> BTreeSet<DeviceId> {
        self.all().filter(|moved| moved.to == device).map(|moved| moved.from).collect()
    }

    pub fn all(&self) -> impl Iterator<Item = &Moved> {
        self.0.values().flatten()
    }
}
