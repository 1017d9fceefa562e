//! Reservations as schema.org has them, in JSON: alone in a file, and inside calendars, pages and mails.

use contract::place::Position;
use serde_json::Value;

use super::{
    File, Refusal, With, places,
    reservation::{Found, Lodging, NoteCode, Reservation, Ride, Spot},
    when::When,
};

pub fn is(file: &File) -> bool {
    file.text.as_ref().is_some_and(|text| text.trim_start().starts_with(['{', '[']))
}

pub fn read(file: &File, _: With) -> Result<Found, Refusal> {
    parse(file.text.as_deref().unwrap_or_default()).ok_or(Refusal::Damaged)
}

/// Nothing where the text is no JSON. How deep it goes is limited by who parses it.
pub fn parse(text: &str) -> Option<Found> {
    let value: Value = serde_json::from_str(text).ok()?;
    let mut found = Found::default();
    walk(&value, &mut found);
    Some(found)
}

/// Every reservation, wherever it lies.
fn walk(value: &Value, found: &mut Found) {
    match value {
        Value::Array(values) => values.iter().for_each(|value| walk(value, found)),
        Value::Object(fields) => match kind(value) {
            Some(kind) if kind.ends_with("Reservation") => reservation(kind, value, found),
            Some(_) | None => fields.values().for_each(|value| walk(value, found)),
        },
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn reservation(kind: &str, value: &Value, found: &mut Found) {
    let subjects = &value["reservationFor"];
    for subject in subjects.as_array().map_or(std::slice::from_ref(subjects), Vec::as_slice) {
        let about = about(kind, subject);
        let read = match kind {
            "FlightReservation" => ride(subject, ["departureAirport", "arrivalAirport"]).map(Reservation::Flight),
            "TrainReservation" => ride(subject, ["departureStation", "arrivalStation"]).map(Reservation::Overland),
            "BusReservation" => ride(subject, ["departureBusStop", "arrivalBusStop"]).map(Reservation::Overland),
            "BoatReservation" => {
                ride(subject, ["departureBoatTerminal", "arrivalBoatTerminal"]).map(Reservation::Overland)
            }
            "LodgingReservation" => lodging(value, subject).map(Reservation::Lodging),
            _other => {
                found.note(NoteCode::NotALeg, about);
                continue;
            }
        };
        match read {
            _ if text(&value["reservationStatus"]).contains("Cancel") => found.note(NoteCode::Cancelled, about),
            Some(read) => found.reservations.push(read),
            None => found.note(NoteCode::NotUnderstood, about),
        }
    }
}

/// What the traveller knows it by.
fn about(kind: &str, subject: &Value) -> String {
    [name_of_ride(subject), text(&subject["name"]), kind.to_owned()]
        .into_iter()
        .find(|name| !name.is_empty())
        .unwrap_or_default()
}

fn ride(subject: &Value, [from, to]: [&str; 2]) -> Option<Ride> {
    Some(Ride {
        name: name_of_ride(subject),
        from: spot(&subject[from])?,
        to: spot(&subject[to])?,
        departs: when(subject, ["departureTime", "departureDay"])?,
        arrives: when(subject, ["arrivalTime", "arrivalDay"]),
        goes_on: false,
    })
}

/// `UA 110`, `TGV 5186`.
fn name_of_ride(subject: &Value) -> String {
    let flight = text(&subject["flightNumber"]);
    if !flight.is_empty() {
        let airline = ["airline", "provider", "seller"].map(|who| text(&subject[who]["iataCode"]));
        return flight_name(&airline.into_iter().find(|code| !code.is_empty()).unwrap_or_default(), &flight);
    }
    let parts = ["trainName", "busName", "trainNumber", "busNumber"].map(|field| text(&subject[field]));
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// `QR 391`, whether the number comes with its airline or without, and with zeros before it or without.
pub fn flight_name(airline: &str, number: &str) -> String {
    let airline = airline.trim();
    let number = number.trim();
    let number = number.strip_prefix(airline).unwrap_or(number).trim().trim_start_matches('0');
    format!("{airline} {number}").trim().to_owned()
}

fn lodging(value: &Value, subject: &Value) -> Option<Lodging> {
    let place = spot(subject)?;
    let street = inside(&subject["address"], "streetAddress");
    let parts = [text(&subject["name"]), street, text(&subject["address"]["addressLocality"])];
    let address = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
    let (from, until) = (when(value, ["checkinTime", "checkinDate"])?, when(value, ["checkoutTime", "checkoutDate"])?);
    // a lodging is known by the town it is in, not by its own name
    let place = Spot { name: text(&subject["address"]["addressLocality"]), ..place };
    Some(Lodging { address, place, from, until })
}

/// Nothing where nothing is told of it.
fn spot(place: &Value) -> Option<Spot> {
    let code = text(&place["iataCode"]).to_uppercase();
    let country = inside(&place["address"]["addressCountry"], "name");
    let degrees = |field: &str| text(&place["geo"][field]).parse().ok();
    let town = text(&place["address"]["addressLocality"]);
    let spot = Spot {
        airport: (!code.is_empty()).then_some(code),
        name: if town.is_empty() { text(&place["name"]) } else { town },
        country: places::country(&country),
        position: degrees("latitude").zip(degrees("longitude")).and_then(|(lat, lon)| Position::new(lat, lon)),
    };
    let told = spot.airport.is_some() || !spot.name.is_empty() || spot.country.is_some() || spot.position.is_some();
    told.then_some(spot)
}

/// The first of the fields that says a time.
fn when(value: &Value, fields: [&str; 2]) -> Option<When> {
    fields.into_iter().find_map(|field| {
        let zone = text(&value[field]["timezone"]);
        When::read_in(&text(&value[field]), &zone)
    })
}

/// What an object says by a field, and others write outright.
fn inside(value: &Value, field: &str) -> String {
    value.as_object().map_or_else(|| text(value), |fields| fields.get(field).map(text).unwrap_or_default())
}

/// A string, a number as text, or what is inside a value with a type of its own.
fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Object(fields) => fields.get("@value").and_then(Value::as_str).unwrap_or_default().to_owned(),
        Value::Array(values) => values.first().map(text).unwrap_or_default(),
        Value::Null | Value::Bool(_) => String::new(),
    }
}

fn kind(value: &Value) -> Option<&str> {
    let written = &value["@type"];
    let kind = written.as_str().or_else(|| written.as_array()?.first()?.as_str())?;
    Some(kind.rsplit(['/', ':']).next().unwrap_or(kind))
}
