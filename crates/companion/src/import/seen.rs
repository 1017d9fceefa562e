//! Pictures and PDF, which the host's reader looks at: passes by their barcodes, flights by a ticket's text.

use super::{
    File, Refusal, With,
    bcbp::{self, Near},
    itinerary,
    reservation::{Found, Reservation, Ride},
};

pub fn is_picture(file: &File) -> bool {
    reader::is_picture(file.bytes)
}

pub fn is_pdf(file: &File) -> bool {
    reader::is_pdf(file.bytes)
}

pub fn is(file: &File) -> bool {
    is_picture(file) || is_pdf(file)
}

/// A barcode that is no pass is passed over: an airline's address stands beside it.
pub fn read_picture(file: &File, with: With) -> Result<Found, Refusal> {
    let seen = with.reader.see(file.bytes)?;
    if seen.barcodes.is_empty() {
        return Err(Refusal::NoBarcode);
    }
    Ok(passes(&seen.barcodes, with))
}

pub fn read_pdf(file: &File, with: With) -> Result<Found, Refusal> {
    let seen = with.reader.see(file.bytes)?;
    if seen.barcodes.is_empty() && seen.lines.is_empty() {
        return Err(Refusal::NoText);
    }
    Ok(together(passes(&seen.barcodes, with), itinerary::read(&seen.lines, with)))
}

fn passes(barcodes: &[String], with: With) -> Found {
    let mut found = Found::default();
    for pass in barcodes.iter().filter_map(|barcode| bcbp::parse(barcode, Near::Today(with.today()))) {
        found.add(pass);
    }
    found
}

/// A flight that a barcode and the text both have is one: the barcode is sure of it, the text has its year and times.
fn together(passes: Found, text: Found) -> Found {
    let in_text = |pass: &Ride| text.reservations.iter().filter_map(flight).find(|written| is_same(pass, written));
    let is_passed = |written: &Ride| passes.reservations.iter().filter_map(flight).any(|pass| is_same(pass, written));
    let mut found = Found::default();
    for pass in passes.reservations.iter().filter_map(flight) {
        found.reservations.push(Reservation::Flight(in_text(pass).unwrap_or(pass).clone()));
    }
    let others = text.reservations.iter().filter(|one| flight(one).is_none_or(|written| !is_passed(written)));
    found.reservations.extend(others.cloned());
    // what is said of a flight is said by whoever it was taken from
    let from_text = |name: &str| {
        found.reservations.iter().filter_map(flight).any(|ride| ride.name == name && in_text(ride).is_some())
    };
    let passed = |name: &str| passes.reservations.iter().filter_map(flight).any(|pass| pass.name == name);
    let notes = passes.notes.iter().filter(|note| !from_text(&note.about));
    let written = text.notes.iter().filter(|note| from_text(&note.about) || !passed(&note.about));
    found.notes = notes.chain(written).cloned().collect();
    found
}

fn flight(reservation: &Reservation) -> Option<&Ride> {
    match reservation {
        Reservation::Flight(ride) => Some(ride),
        Reservation::Overland(_) | Reservation::Lodging(_) => None,
    }
}

/// A pass says no year.
fn is_same(one: &Ride, other: &Ride) -> bool {
    let day = |ride: &Ride| ride.departs.at(None).day;
    let (first, second) = (day(one), day(other));
    one.name == other.name
        && one.from.airport == other.from.airport
        && one.to.airport == other.to.airport
        && (first.month(), first.day()) == (second.month(), second.day())
}
