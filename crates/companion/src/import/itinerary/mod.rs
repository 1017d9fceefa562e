//! The text of an e-ticket, which every airline sets in its own way: a flight is believed where its number, two airports
//! and a day stand together, and stand so for every flight of the ticket in the same way. What is not sure is a note.

mod days;
mod line;

use std::ops::Range;

use jiff::{
    Unit,
    civil::{Date, DateTime, Time},
    tz::TimeZone,
};

use super::{
    With, places,
    reservation::{Found, NoteCode, Reservation, Ride, Spot},
    when::When,
};
use days::Day;
use line::Line;

/// What belongs to a flight stands no further from it: below its number, or above.
const BELOW: usize = 12;
const ABOVE: usize = 8;
/// No ticket has as many lines: what follows are the rules.
const MAX_LINES: usize = 3000;

/// Where what belongs to a flight stands, from the line of its number.
#[derive(Clone, Copy)]
enum Way {
    Same,
    Below,
    Above,
}

/// A flight's number, and the lines that may speak of it.
struct Mention<'a> {
    name: &'a str,
    at: usize,
    /// Until the line of the next number.
    below: Range<usize>,
    /// From after the line of the number before.
    above: Range<usize>,
}

impl Mention<'_> {
    fn lines<'l>(&self, lines: &'l [Line], way: Way) -> &'l [Line] {
        let range = match way {
            Way::Same => self.at..self.at + 1,
            Way::Below => self.below.clone(),
            Way::Above => self.above.clone(),
        };
        lines.get(range).unwrap_or_default()
    }
}

pub fn read(text: &[String], with: With) -> Found {
    let lines = line::read(text.iter().take(MAX_LINES), with.today());
    let mut found = Found::default();
    let (mentions, unclear) = mentions(&lines);
    match rides(&mentions, &lines) {
        Some(rides) => {
            for (ride, day) in rides {
                found.note(NoteCode::FromText, ride.name.clone());
                if day.is_year_guessed {
                    found.note(NoteCode::YearGuessed, ride.name.clone());
                }
                found.reservations.push(Reservation::Flight(ride));
            }
        }
        None => mentions.iter().for_each(|mention| found.note(NoteCode::NotUnderstood, mention.name)),
    }
    let understood = |name: &str| mentions.iter().any(|mention| mention.name == name);
    for name in unclear.into_iter().filter(|name| !understood(name)) {
        found.note(NoteCode::NotUnderstood, name);
    }
    found
}

/// Numbers that have two airports near them, and those of which it is not clear which two, or which number they are of.
/// What else looks like a number of a flight is none.
fn mentions(lines: &[Line]) -> (Vec<Mention<'_>>, Vec<&str>) {
    let numbered: Vec<usize> = (0..lines.len()).filter(|at| !lines[*at].flights.is_empty()).collect();
    let (mut mentions, mut unclear): (Vec<Mention>, Vec<&str>) = (Vec::new(), Vec::new());
    for (nth, at) in numbered.iter().copied().enumerate() {
        let next = numbered.get(nth + 1).copied().unwrap_or(lines.len());
        let after = nth.checked_sub(1).map_or(0, |before| numbered[before] + 1);
        let [name] = lines[at].flights.as_slice() else {
            unclear.extend(lines[at].flights.iter().map(String::as_str));
            continue;
        };
        let (below, above) = (at..next.min(at + BELOW), after.max(at.saturating_sub(ABOVE))..at + 1);
        let mention = Mention { name, at, below, above };
        let ways = [Way::Same, Way::Below, Way::Above];
        if ways.iter().any(|way| airports(&mention, lines, *way).is_some()) {
            mentions.push(mention);
        } else if ways.iter().any(|way| said(&mention, lines, *way).len() > 1) {
            unclear.push(name);
        }
    }
    (mentions, unclear)
}

/// Every flight of the ticket, or none where one of them is not sure.
fn rides(mentions: &[Mention], lines: &[Line]) -> Option<Vec<(Ride, Day)>> {
    let (way, airports) = settled(mentions, |mention, way| airports(mention, lines, way), |_| true)?;
    let in_order = |days: &[Day]| days.is_sorted_by_key(|day| day.date);
    let (_, days) = settled(mentions, |mention, way| day(mention, lines, way), in_order)?;
    let mut rides: Vec<(Ride, Day)> = Vec::new();
    for ((mention, [from, to]), day) in mentions.iter().zip(airports).zip(days) {
        let times = [Way::Same, way].into_iter().find_map(|way| times(mention.lines(lines, way)));
        let ride = ride(mention.name, [from, to], day.date, times);
        // a ticket names a flight again beside its baggage
        let said = |(other, _): &(Ride, Day)| {
            other.name == ride.name && other.from.airport == ride.from.airport && other.to.airport == ride.to.airport
        };
        if !rides.iter().any(said) {
            rides.push((ride, day));
        }
    }
    Some(rides)
}

/// What all flights have in the same way: on the line of the number, else below or above it. Where both could be and
/// they do not agree, nothing is sure.
fn settled<T: PartialEq>(
    mentions: &[Mention],
    of: impl Fn(&Mention, Way) -> Option<T>,
    holds: impl Fn(&[T]) -> bool,
) -> Option<(Way, Vec<T>)> {
    let all = |way: Way| {
        let all: Option<Vec<T>> = mentions.iter().map(|mention| of(mention, way)).collect();
        all.filter(|all| !all.is_empty() && holds(all)).map(|all| (way, all))
    };
    all(Way::Same).or_else(|| match (all(Way::Below), all(Way::Above)) {
        (Some(below), Some(above)) => (below.1 == above.1).then_some(below),
        (below, above) => below.or(above),
    })
}

/// The two nearest, in the order of the text; none where a third stands among them.
fn airports<'l>(mention: &Mention, lines: &'l [Line], way: Way) -> Option<[&'l str; 2]> {
    let mut said = said(mention, lines, way);
    if matches!(way, Way::Above) {
        let last = said.split_off(said.len().saturating_sub(3));
        let [.., (before, from), (_, to)] = last.as_slice() else { return None };
        let third = last.len() == 3 && last[0].0 == *before;
        return (!third).then_some([*from, *to]);
    }
    let [(_, from), (second, to), rest @ ..] = said.as_slice() else { return None };
    let third = rest.first().is_some_and(|(at, _)| at == second);
    (!third).then_some([*from, *to])
}

/// Every airport, once, and the line that it stands on.
fn said<'l>(mention: &Mention, lines: &'l [Line], way: Way) -> Vec<(usize, &'l str)> {
    let mut said: Vec<(usize, &'l str)> = Vec::new();
    for (at, line) in mention.lines(lines, way).iter().enumerate() {
        for code in &line.airports {
            if !said.iter().any(|(_, other)| other == code) {
                said.push((at, code));
            }
        }
    }
    said
}

/// The first; above a flight stand other days as well, and then nothing is sure.
fn day(mention: &Mention, lines: &[Line], way: Way) -> Option<Day> {
    let days: Vec<Day> = mention.lines(lines, way).iter().flat_map(|line| line.days.iter().copied()).collect();
    let first = *days.first()?;
    let near = |day: &Day| first.date.until(day.date).is_ok_and(|span| (0..=2).contains(&span.get_days()));
    (!matches!(way, Way::Above) || days.iter().all(near)).then_some(first)
}

/// When it leaves and lands; more times than two are of something else.
fn times(lines: &[Line]) -> Option<[Time; 2]> {
    let mut times = lines.iter().flat_map(|line| line.times.iter().copied());
    let (leaves, lands) = (times.next()?, times.next()?);
    times.next().is_none().then_some([leaves, lands])
}

fn ride(name: &str, [from, to]: [&str; 2], day: Date, times: Option<[Time; 2]>) -> Ride {
    let spot = |code: &str| Spot { airport: Some(code.to_owned()), ..Spot::default() };
    let lands = times.and_then(|[leaves, lands]| landing([from, to], day.to_datetime(leaves), lands));
    let departs = match (times, lands) {
        (Some([leaves, _]), Some(_)) => When::Local(day.to_datetime(leaves)),
        // two times that no flight between the two has are of something else
        (Some(_), None) | (None, _) => When::Day(day),
    };
    Ride {
        name: name.to_owned(),
        from: spot(from),
        to: spot(to),
        departs,
        arrives: lands.map(When::Local),
        goes_on: false,
    }
}

/// The day it lands on is the one that makes a flight of it: of 20 minutes to 20 hours.
fn landing([from, to]: [&str; 2], leaves: DateTime, lands: Time) -> Option<DateTime> {
    let at = |code: &str, local: DateTime| {
        let zone = TimeZone::get(places::zone_of_airport(code)?).ok()?;
        zone.to_timestamp(local).ok()
    };
    let leaves_at = at(from, leaves)?;
    let days = [leaves.date().yesterday(), Ok(leaves.date()), leaves.date().tomorrow()];
    let mut possible = days.into_iter().flatten().map(|day| day.to_datetime(lands)).filter(|lands| {
        let minutes = at(to, *lands).and_then(|at| leaves_at.until((Unit::Minute, at)).ok());
        minutes.is_some_and(|span| (20..=20 * 60).contains(&span.get_minutes()))
    });
    possible.next()
}
