//! Boarding passes as their barcode says them: IATA Resolution 792, format M. One a line, or spelled out by a decoder.

use jiff::{
    ToSpan,
    civil::{Date, date},
};

use super::{
    File, Refusal, With, jsonld,
    reservation::{Found, NoteCode, Reservation, Ride, Spot},
    when::When,
};

/// `M`, the number of legs, the name, whether there is an electronic ticket.
const HEAD: usize = 23;
/// What each leg must have, before what it may have.
const LEG: usize = 37;
/// How KItinerary's decoder begins, which spells a pass out a field a line.
const SPELLED: &str = "IATA Barcoded Boarding Pass";

pub fn is(file: &File) -> bool {
    let begins = |text: &String| text.starts_with(SPELLED) || text.lines().next().is_some_and(looks_like_one);
    file.text.as_ref().is_some_and(begins)
}

fn looks_like_one(line: &str) -> bool {
    let digit = line.strip_prefix('M').and_then(|rest| rest.chars().next());
    digit.is_some_and(|legs| ('1'..='9').contains(&legs)) && line.chars().count() >= HEAD + LEG
}

pub fn read(file: &File, with: With) -> Result<Found, Refusal> {
    let text = file.text.as_deref().unwrap_or_default();
    if text.starts_with(SPELLED) {
        return spelled(text).ok_or(Refusal::Damaged);
    }
    let mut found = Found::default();
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        found.add(parse(line, Near::Today(with.today())).ok_or(Refusal::Damaged)?);
    }
    Ok(found)
}

/// What chooses the year, which a pass does not say.
#[derive(Clone, Copy)]
pub enum Near {
    /// The day that something else says of the same journey.
    Known(Date),
    Today(Date),
}

/// Nothing where it is no pass.
pub fn parse(line: &str, near: Near) -> Option<Found> {
    let letters: Vec<char> = line.chars().collect();
    let field =
        |at: usize, length: usize| Some(letters.get(at..at + length)?.iter().collect::<String>().trim().to_owned());
    if !looks_like_one(line) {
        return None;
    }
    let legs = letters.get(1)?.to_digit(10)?;
    let issued = issued(&field, near);
    let mut found = Found::default();
    let mut at = HEAD;
    for leg in 1..=legs {
        let name = jsonld::flight_name(&field(at + 13, 3)?, &field(at + 16, 5)?);
        let spot = |code: String| Spot { airport: Some(code.to_uppercase()), ..Spot::default() };
        let (from, to) = (spot(field(at + 7, 3)?), spot(field(at + 10, 3)?));
        let day = field(at + 21, 3)?.parse().ok().and_then(|day| day_of_flight(day, issued, near));
        match day {
            Some(day) => {
                if issued.is_none() && matches!(near, Near::Today(_)) {
                    found.note(NoteCode::YearGuessed, name.clone());
                }
                found.reservations.push(Reservation::Flight(Ride {
                    name,
                    from,
                    to,
                    departs: When::Day(day),
                    arrives: None,
                    goes_on: leg < legs,
                }));
            }
            None => found.note(NoteCode::NotUnderstood, name),
        }
        let more = usize::from_str_radix(&field(at + 35, 2)?, 16).ok()?;
        at += LEG + more;
    }
    Some(found)
}

/// The day the pass was given out, of whose year it has the last digit: the latest such year that has come.
fn issued(field: &impl Fn(usize, usize) -> Option<String>, near: Near) -> Option<Date> {
    let at = HEAD + LEG;
    let hex = |at: usize| usize::from_str_radix(&field(at, 2)?, 16).ok();
    // what lies beyond the size that the leg says is somebody's own
    if hex(at - 2)? < 11 || field(at, 1)? != ">" || hex(at + 2)? < 7 {
        return None;
    }
    let (digit, day): (i16, i16) = (field(at + 7, 1)?.parse().ok()?, field(at + 8, 3)?.parse().ok()?);
    let (Near::Known(latest) | Near::Today(latest)) = near;
    // the clocks of where it was given out may be a day ahead
    let latest = latest.checked_add(1.day()).ok()?;
    let years = (latest.year() - 9..=latest.year()).chain([latest.year() - 10]);
    years
        .filter(|year| year % 10 == digit)
        .filter_map(|year| day_of_year(year, day))
        .filter(|date| *date <= latest)
        .max()
}

fn day_of_flight(day: i16, issued: Option<Date>, near: Near) -> Option<Date> {
    let distance = |from: Date, to: Date| from.until(to).map_or(i32::MAX, |span| span.get_days().abs());
    let around = |middle: Date| {
        let years = middle.year() - 8..=middle.year() + 8;
        years.filter_map(|year| day_of_year(year, day)).min_by_key(|date| distance(middle, *date))
    };
    match (near, issued) {
        (Near::Known(known), _) => around(known),
        (Near::Today(_), Some(issued)) => {
            let years = issued.year()..=issued.year() + 8;
            years.filter_map(|year| day_of_year(year, day)).find(|date| *date >= issued)
        }
        (Near::Today(today), None) => around(today),
    }
}

/// Nothing where the year has no such day.
fn day_of_year(year: i16, day: i16) -> Option<Date> {
    let january = (1..=9999).contains(&year).then(|| date(year, 1, 1))?;
    let found = january.checked_add((i64::from(day) - 1).days()).ok()?;
    (found.year() == year).then_some(found)
}

/// `field: value` lines; the last date of a leg says the year.
fn spelled(text: &str) -> Option<Found> {
    let mut found = Found::default();
    let mut legs = text.split("\nLeg ").skip(1).peekable();
    while let Some(leg) = legs.next() {
        let field = |name: &str| {
            let value = leg.lines().find_map(|line| line.trim().strip_prefix(name)?.strip_prefix(':'))?;
            (!value.trim().is_empty()).then(|| value.trim().to_owned())
        };
        let spot = |code: String| Spot { airport: Some(code), ..Spot::default() };
        found.reservations.push(Reservation::Flight(Ride {
            name: jsonld::flight_name(&field("operatingCarrierDesignator")?, &field("flightNumber")?),
            from: spot(field("fromCityAirportCode")?),
            to: spot(field("toCityAirportCode")?),
            departs: When::read(&field("Date of flight")?)?,
            arrives: None,
            goes_on: legs.peek().is_some(),
        }));
    }
    Some(found)
}
