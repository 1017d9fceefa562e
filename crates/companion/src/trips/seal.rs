//! What the ministry gets of a trip.

use contract::{
    ids::{DeviceId, KeyId, TripId},
    records::{PlainLeg, Trip},
    seal::{self, SealError},
};

use super::schedule::PlannedTrip;

/// The trip as the register gets it: counts and places plain, the rest sealed.
pub fn seal_trip(
    device: DeviceId,
    id: TripId,
    version: u32,
    trip: &PlannedTrip,
    consular: (&KeyId, [u8; 32]),
    rng: &mut impl rand::CryptoRng,
) -> Result<Trip, SealError> {
    let (key_id, public) = consular;
    let context = seal::Context { device, id: &id.to_string(), version };
    let sealed = seal::seal(&trip.draft, context, key_id, &public, rng)?;
    let legs = trip
        .legs
        .iter()
        .map(|leg| PlainLeg { country: leg.country, airport: leg.airport, from: leg.from, until: leg.until })
        .collect();
    Ok(Trip { version, people: trip.people, legs, sealed })
}
