//! What the ministry gets of a trip: counts and places plain, the rest sealed.

use contract::{
    ids::{DeviceId, KeyId, TripId},
    record::{Consent, GivenBy, NextOfKin, Person, PlainLeg, PrivateLeg, PrivateTrip, Trip},
    seal::{self, SealError},
};

use crate::store::Under;

use super::{
    arrival::Arrival,
    draft::{LegDraft, TripDraft},
    schedule::PlannedTrip,
};

/// Whom a trip is sealed to, and from whom it comes.
pub struct Sealing<'a> {
    /// From whom it comes.
    pub device: DeviceId,
    /// Of the trip.
    pub id: TripId,
    /// Of the trip.
    pub version: u32,
    /// The ministry's key, X25519, and its id.
    pub consular: (&'a KeyId, [u8; 32]),
    /// What only the consular service reads: [`private`].
    pub private: PrivateTrip,
}

/// Makes the record that the ministry gets.
///
/// # Errors
/// [`SealError`] where it cannot be sealed to that key.
pub fn seal_trip(trip: &PlannedTrip, sealing: Sealing<'_>, rng: &mut impl rand::CryptoRng) -> Result<Trip, SealError> {
    let Sealing { device, id, version, consular: (key_id, public), private } = sealing;
    let context = seal::Context { device, id: &id.to_string(), version };
    let sealed = seal::seal(&private, context, key_id, &public, rng)?;
    let legs = trip
        .legs
        .iter()
        .map(|leg| PlainLeg { country: leg.country, airport: leg.airport, from: leg.from, until: leg.known_end() })
        .collect();
    Ok(Trip { version, people: trip.people, legs, sealed, sealed_to_owner: None, paper: None })
}

/// What is sealed of a trip: what only the consular service reads, and the traveller on this device.
pub fn private(draft: &TripDraft, people: Vec<Person>, under: Under) -> PrivateTrip {
    let by = if draft.of_others { GivenBy::Proxy } else { under.consent.by };
    PrivateTrip {
        consent: Consent { by, ..under.consent },
        consent_of_kin: under.consent_of_kin.filter(|_| draft.next_of_kin.is_some()),
        language: Some(under.language),
        of: None,
        adults: draft.adults,
        children: draft.children,
        phone: draft.phone.clone(),
        next_of_kin: draft
            .next_of_kin
            .as_ref()
            .map(|kin| NextOfKin { name: kin.name.clone(), phone: kin.phone.clone() }),
        for_relatives: draft.for_relatives,
        others_told: draft.others_told,
        needs: draft.needs.clone(),
        people,
        legs: draft.legs.iter().map(private_leg).collect(),
    }
}

fn private_leg(leg: &LegDraft) -> PrivateLeg {
    let Arrival { by: arrives_by, at: arrives_at, visa_until, may_enter } = leg.arrival().cloned().unwrap_or_default();
    match leg {
        LegDraft::Stay { city, address, .. } => PrivateLeg::Stay {
            city: city.clone().unwrap_or_default(),
            address: address.clone(),
            arrives_by,
            arrives_at,
            visa_until,
        },
        LegDraft::Transit { flight, airside, onward_ticket, .. } => PrivateLeg::Transit {
            flight: flight.clone(),
            airside: *airside,
            onward_ticket: *onward_ticket,
            arrives_by,
            arrives_at,
            may_enter,
        },
    }
}
