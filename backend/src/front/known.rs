//! What a record may name beyond its form: places that the atlas has, keys that open, entries that are in the log.

use contract::{
    place::{AirportCode, CountryCode},
    record::{Call, CheckIn, Receipts, Trip},
    seal::Sealed,
};

use super::Front;
use crate::http::problem::ApiError;

fn country(code: Option<CountryCode>, pointer: &str) -> Result<(), ApiError> {
    match code {
        Some(code) if atlas::country(code).is_none() => Err(ApiError::invalid(pointer, "no country has this code")),
        Some(_) | None => Ok(()),
    }
}

fn airport(code: Option<AirportCode>, pointer: &str) -> Result<(), ApiError> {
    match code {
        Some(code) if atlas::airport(code).is_none() => Err(ApiError::invalid(pointer, "no airport has this code")),
        Some(_) | None => Ok(()),
    }
}

fn sealed(sealed: &Sealed, front: &Front, pointer: &str) -> Result<(), ApiError> {
    if front.inner.log.has_consular_key(&sealed.key_id) {
        Ok(())
    } else {
        Err(ApiError::invalid(pointer, "no consular key has this name"))
    }
}

pub fn trip(trip: &Trip, front: &Front) -> Result<(), ApiError> {
    for (index, leg) in trip.legs.iter().enumerate() {
        country(Some(leg.country), &format!("/legs/{index}/country"))?;
        airport(leg.airport, &format!("/legs/{index}/airport"))?;
    }
    sealed(&trip.sealed, front, "/sealed/key_id")
}

pub fn check_in(check_in: &CheckIn, front: &Front) -> Result<(), ApiError> {
    country(check_in.country, "/country")?;
    airport(check_in.airport, "/airport")?;
    match &check_in.sealed {
        Some(part) => sealed(part, front, "/sealed/key_id"),
        None => Ok(()),
    }
}

pub fn call(call: &Call) -> Result<(), ApiError> {
    country(call.country, "/country")
}

pub async fn receipts(receipts: &Receipts, front: &Front) -> Result<(), ApiError> {
    for (index, receipt) in receipts.0.iter().enumerate() {
        if !front.inner.log.holds(receipt.entry.clone(), receipt.version).await? {
            return Err(ApiError::invalid(format!("/{index}/entry"), "the bulletin has no such entry in this version"));
        }
    }
    Ok(())
}
