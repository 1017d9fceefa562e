//! Boarding passes of a phone's wallet: a ZIP with `pass.json` inside, which has the barcode's text.
//! <https://developer.apple.com/documentation/walletpasses/pass>

use serde_json::Value;

use super::{
    File, Refusal, With,
    bcbp::{self, Near},
    jsonld, places,
    reservation::{Found, NoteCode, Reservation, Ride, Spot},
    text,
    when::When,
    zip,
};

const PASS: &[u8] = b"pass.json";
/// No pass says more, whatever it was packed to.
const MAX_PASS: u64 = 1024 * 1024;

pub fn is(file: &File) -> bool {
    zip::is(file.bytes)
}

pub fn read(file: &File, with: With) -> Result<Found, Refusal> {
    let pass = zip::unpacked(file.bytes, |path| path == PASS, MAX_PASS)?.ok_or(Refusal::UnknownKind)?;
    let pass = text::decode(&pass).ok_or(Refusal::Damaged)?;
    let pass: Value = serde_json::from_str(&pass).map_err(|_| Refusal::Damaged)?;
    let boarding = &pass["boardingPass"];
    if !boarding.is_object() {
        return Err(Refusal::NoJourney);
    }
    let mut found = coded(&pass, with).or_else(|| written(&pass)).unwrap_or_else(|| {
        let mut found = Found::default();
        found.note(NoteCode::NotUnderstood, string(&pass["description"]));
        found
    });
    if let [Reservation::Flight(ride) | Reservation::Overland(ride)] = found.reservations.as_mut_slice() {
        let semantics = &pass["semantics"];
        ride.departs = said(semantics, ["currentDepartureDate", "originalDepartureDate"]).unwrap_or(ride.departs);
        ride.arrives = said(semantics, ["currentArrivalDate", "originalArrivalDate"]).or(ride.arrives);
    }
    Ok(found)
}

/// By the text of the barcode.
fn coded(pass: &Value, with: With) -> Option<Found> {
    let codes = [&pass["barcode"]].into_iter().chain(pass["barcodes"].as_array().into_iter().flatten());
    let day = When::read(&string(&pass["relevantDate"])).map(|when| when.at(None).day);
    let near = day.map_or(Near::Today(with.today()), Near::Known);
    codes.filter_map(|code| code["message"].as_str()).find_map(|code| bcbp::parse(code, near))
}

/// By what is written on the pass: for trains, and for airlines with barcodes of their own.
fn written(pass: &Value) -> Option<Found> {
    let (boarding, semantics) = (&pass["boardingPass"], &pass["semantics"]);
    let [from, to] = boarding["primaryFields"].as_array()?.as_slice() else { return None };
    let flies = boarding["transitType"] == "PKTransitTypeAir";
    let spot = |code: &Value, field: &Value| {
        let (code, value) = (string(code), string(&field["value"]));
        let airport = [code, value.clone()].into_iter().find(|code| flies && places::is_airport(code));
        Spot { airport, name: value, ..Spot::default() }
    };
    let departs = said(semantics, ["currentDepartureDate", "originalDepartureDate"]);
    let ride = Ride {
        name: named(boarding, semantics),
        from: spot(&semantics["departureAirportCode"], from),
        to: spot(&semantics["destinationAirportCode"], to),
        departs: departs.or_else(|| When::read(&string(&pass["relevantDate"])))?,
        arrives: None,
        goes_on: false,
    };
    let reservation = if flies { Reservation::Flight(ride) } else { Reservation::Overland(ride) };
    Some(Found { reservations: vec![reservation], notes: Vec::new() })
}

/// The number of the flight or train.
fn named(boarding: &Value, semantics: &Value) -> String {
    let lists = ["headerFields", "secondaryFields", "auxiliaryFields"].map(|list| boarding[list].as_array());
    let mut fields = lists.into_iter().flatten().flatten();
    let is_number = |field: &&Value| {
        let key = string(&field["key"]).to_lowercase();
        key.contains("flight") || key.contains("train")
    };
    let name = match string(&semantics["flightCode"]) {
        none if none.is_empty() => fields.find(is_number).map(|field| string(&field["value"])).unwrap_or_default(),
        code => code,
    };
    match name.split_at_checked(2) {
        Some((airline, number)) if number.trim().parse::<u16>().is_ok() => jsonld::flight_name(airline, number),
        Some(_) | None => name,
    }
}

fn said(semantics: &Value, fields: [&str; 2]) -> Option<When> {
    fields.into_iter().find_map(|field| When::read(&string(&semantics[field])))
}

fn string(value: &Value) -> String {
    value.as_str().unwrap_or_default().trim().to_owned()
}
