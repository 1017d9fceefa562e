//! What a record must fulfil beyond its form.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD as B64};
use contract::{
    keys::key_bytes,
    records::{Call, CheckIn, Device, Receipt, Trip},
};
use jiff::SignedDuration;

use crate::http::problem::ApiError;

const MAX_LEGS: usize = 40;
const MAX_SPAN: SignedDuration = SignedDuration::from_hours(24 * 366 * 3);
const MAX_SEALED: usize = 32 * 1024;
const MAX_RECEIPTS: usize = 500;

fn require(holds: bool, pointer: &str, title: &str) -> Result<(), ApiError> {
    if holds { Ok(()) } else { Err(ApiError::invalid(pointer, title)) }
}

fn people(count: u16) -> Result<(), ApiError> {
    require((1..=500).contains(&count), "/people", "must be 1 to 500")
}

fn version(version: u32) -> Result<(), ApiError> {
    require(version >= 1, "/version", "versions begin at 1")
}

pub fn device(device: &Device) -> Result<(), ApiError> {
    require(key_bytes(&device.token_hash).is_some(), "/token_hash", "must be 32 bytes, base64url")?;
    require(key_bytes(&device.public_key).is_some(), "/public_key", "must be 32 bytes, base64url")
}

pub fn trip(trip: &Trip) -> Result<(), ApiError> {
    version(trip.version)?;
    people(trip.people)?;
    require((1..=MAX_LEGS).contains(&trip.legs.len()), "/legs", "must be 1 to 40 legs")?;
    for (index, leg) in trip.legs.iter().enumerate() {
        require(leg.from < leg.until, &format!("/legs/{index}/until"), "must be after from")?;
    }
    let begin = trip.legs.iter().map(|leg| leg.from).min();
    let end = trip.legs.iter().map(|leg| leg.until).max();
    let fits = begin.zip(end).is_some_and(|(begin, end)| end.duration_since(begin) <= MAX_SPAN);
    require(fits, "/legs", "must span three years at most")?;
    let sealed = B64.decode(&trip.sealed.ciphertext);
    require(
        sealed.is_ok_and(|bytes| bytes.len() <= MAX_SEALED),
        "/sealed/ciphertext",
        "must be base64url of 32 KiB at most",
    )
}

pub fn check_in(check_in: &CheckIn) -> Result<(), ApiError> {
    version(check_in.version)?;
    people(check_in.people)
}

pub fn call(call: &Call) -> Result<(), ApiError> {
    version(call.version)?;
    let number = call.number.strip_prefix('+').unwrap_or(&call.number);
    let dialled = (1..=20).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit());
    require(dialled, "/number", "must be digits, with or without a plus")
}

pub fn receipts(receipts: &[Receipt]) -> Result<(), ApiError> {
    require(receipts.len() <= MAX_RECEIPTS, "", "must be 500 receipts at most")
}
