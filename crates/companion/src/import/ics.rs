//! Calendars, RFC 5545: what carries its reservation along, and flights and hotels that are told by their words.

use icalendar::parser::{Property, unfold};
use jiff::ToSpan;

use super::{
    File, Refusal, With, jsonld, places,
    reservation::{Found, Lodging, NoteCode, Reservation, Ride, Spot},
    when::When,
};

/// What KDE's and others' calendars keep a whole reservation in, as JSON-LD.
const WHOLE: &str = "X-KDE-KITINERARY-RESERVATION";
/// What a lodging is called, in small letters.
const LODGINGS: [&str; 6] = ["hotel", "hostel", "отель", "гостиниц", "қонақ үй", "қонақүй"];

pub fn is(file: &File) -> bool {
    let begins =
        |text: &String| text.trim_start().get(..15).is_some_and(|begin| begin.eq_ignore_ascii_case("BEGIN:VCALENDAR"));
    file.text.as_ref().is_some_and(begins)
}

pub fn read(file: &File, _: With) -> Result<Found, Refusal> {
    let text = unfold(file.text.as_deref().unwrap_or_default());
    if !text.trim_end().to_ascii_uppercase().ends_with("END:VCALENDAR") {
        return Err(Refusal::Damaged);
    }
    let mut found = Found::default();
    let mut others = 0;
    for event in events(&text) {
        match event.read() {
            Some(read) => found.add(read),
            None => others += 1,
        }
    }
    if others > 0 {
        found.note(NoteCode::OtherEntries, others.to_string());
    }
    Ok(found)
}

#[derive(Default)]
struct Event<'a>(Vec<Property<'a>>);

/// Line by line: what is nested in an event, as its alarm, is no part of it, however deep it goes.
fn events(text: &str) -> Vec<Event<'_>> {
    let mut events = Vec::new();
    let mut open: Option<(Event, usize)> = None;
    // a line that is none is left where it is: the rest of the event stands
    for line in text.lines().filter_map(|line| Property::try_from(line).ok().or_else(|| boundary(line))) {
        let (begins, ends) = (line.name == "BEGIN", line.name == "END");
        match open.as_mut() {
            None if begins && line.val == "VEVENT" => open = Some((Event::default(), 0)),
            None => {}
            Some((_, depth)) if begins => *depth += 1,
            Some((_, depth)) if ends && *depth > 0 => *depth -= 1,
            Some(_) if ends => events.extend(open.take().map(|(event, _)| event)),
            Some((event, 0)) => event.0.push(line),
            Some(_) => {}
        }
    }
    events
}

/// `BEGIN:` and `END:` lines.
fn boundary(line: &str) -> Option<Property<'_>> {
    let (name, value) = line.split_once(':')?;
    let known = ["BEGIN", "END"].into_iter().find(|known| name.eq_ignore_ascii_case(known))?;
    Some(Property::new_ref(known, value.trim()))
}

impl Event<'_> {
    /// Nothing where it is no journey.
    fn read(&self) -> Option<Found> {
        let whole = self.property(WHOLE).map(|property| property.val.clone().unescape_text());
        // an empty one is as good as none
        let whole = whole.and_then(|json| jsonld::parse(json.as_str()));
        if let Some(whole) = whole.filter(|whole| !whole.reservations.is_empty() || !whole.notes.is_empty()) {
            return Some(whole);
        }
        let summary = self.text("SUMMARY");
        let mut found = Found::default();
        let read = self
            .flight(&summary)
            .map(Reservation::Flight)
            .or_else(|| self.lodging(&summary).map(Reservation::Lodging))?;
        if self.text("STATUS").eq_ignore_ascii_case("CANCELLED") {
            found.note(NoteCode::Cancelled, summary);
        } else {
            found.reservations.push(read);
        }
        Some(found)
    }

    /// The number of a flight and two airports, by their codes.
    fn flight(&self, summary: &str) -> Option<Ride> {
        let words: Vec<&str> =
            summary.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
        let airports: Vec<&str> = words.iter().copied().filter(|word| places::is_airport(word)).collect();
        let [from, to] = airports[..] else { return None };
        let spot = |code: &str| Spot { airport: Some(code.to_owned()), ..Spot::default() };
        Some(Ride {
            name: flight_among(&words)?,
            from: spot(from),
            to: spot(to),
            departs: self.when("DTSTART")?,
            arrives: self.when("DTEND"),
            goes_on: false,
        })
    }

    /// Nights somewhere that is called a lodging.
    fn lodging(&self, summary: &str) -> Option<Lodging> {
        let small = summary.to_lowercase();
        if !LODGINGS.iter().any(|word| small.contains(word)) {
            return None;
        }
        let (from, until) = (self.when("DTSTART")?, self.when("DTEND")?);
        let until = match until {
            // the end of whole days is the day after the last
            When::Day(after) => When::Day(after.checked_sub(1.day()).ok()?),
            When::Local(_) | When::Instant(..) => until,
        };
        let location = self.text("LOCATION");
        let mut parts = location.rsplit(',').map(str::trim);
        let country = parts.next().and_then(places::country);
        let town = parts.next().unwrap_or_default().trim_start_matches(|letter: char| !letter.is_alphabetic());
        let place = Spot { country, name: town.to_owned(), ..Spot::default() };
        let address = [summary, &location].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
        Some(Lodging { address, place, from, until })
    }

    fn property(&self, name: &str) -> Option<&Property<'_>> {
        self.0.iter().find(|property| property.name.as_str().eq_ignore_ascii_case(name))
    }

    fn text(&self, name: &str) -> String {
        self.property(name).map(|property| property.val.as_str().trim().to_owned()).unwrap_or_default()
    }

    fn when(&self, name: &str) -> Option<When> {
        let property = self.property(name)?;
        let zone = property.params.iter().find(|parameter| parameter.key == "TZID").and_then(|zone| zone.val.as_ref());
        When::read_in(property.val.as_str(), zone.map(|zone| zone.as_str()).unwrap_or_default())
    }
}

/// `AB 8075` of `AB 8075` or `AB8075`.
fn flight_among(words: &[&str]) -> Option<String> {
    let number = |text: &str| (1..=4).contains(&text.len()) && text.bytes().all(|digit| digit.is_ascii_digit());
    let airline = |text: &str| {
        let written = text.bytes().all(|letter| letter.is_ascii_uppercase() || letter.is_ascii_digit());
        text.len() == 2 && written && text.bytes().any(|letter| letter.is_ascii_uppercase())
    };
    let apart = words.windows(2).find_map(|pair| match pair {
        [code, digits] if airline(code) && number(digits) => Some((*code, *digits)),
        _others => None,
    });
    let joined = || {
        words.iter().filter_map(|word| word.split_at_checked(2)).find(|(code, digits)| airline(code) && number(digits))
    };
    apart.or_else(joined).map(|(code, digits)| jsonld::flight_name(code, digits))
}
