//! Lines of the app's own that tell when something was said or up to when it holds: such a line is an entry's where it tells
//! that entry's time, and nobody's where it tells another.

use jiff::{Timestamp, civil::Date};

use super::{
    answer::{Printed, Tells, With},
    around::asks_for_something,
    reading::unlisted,
    words::{Sentence, said, words},
};
use crate::{calendar, facts::Facts};

/// Those of a text.
pub struct Times<'a> {
    /// With what each kind begins and ends.
    shapes: Vec<(&'a With, Sentence, Sentence)>,
    lines: Vec<Line<'a>>,
    /// The names of places, word by word, and the zone of the clock there.
    clocks: Vec<(Vec<String>, String)>,
    /// The zones of where the reader is and of home.
    of_reader: Vec<String>,
    now: Timestamp,
}

pub struct Line<'a> {
    /// As it stands.
    pub words: String,
    pub sentence: Sentence,
    with: &'a With,
    /// What it tells, word by word.
    when: Vec<String>,
}

impl<'a> Times<'a> {
    pub fn of(facts: &Facts, printed: &'a [Printed], text: &str) -> Self {
        let shapes = printed.iter().filter_map(|one| Some((&one.with, one.words.split_once(WHEN)?)));
        let shapes: Vec<(&With, Sentence, Sentence)> =
            shapes.map(|(with, (before, after))| (with, said(before).into(), said(after).into())).collect();
        // a line is pointed as it stands in the text: one that is asked or struck out is no entry's
        let lines = text.lines().map(unlisted).filter(|line| !line.contains(['?', '~']));
        let told = lines.clone().flat_map(|words| {
            let sentence = said(words);
            let line = |(with, before, after): &(&'a With, Sentence, Sentence)| {
                let when = sentence.strip_prefix(before.as_ref())?.strip_suffix(after.as_ref())?.to_vec();
                Some(Line { words: words.to_owned(), sentence: sentence.as_slice().into(), with, when })
            };
            shapes.iter().filter(|(with, ..)| !is_on_a_page(with)).filter_map(line).collect::<Vec<_>>()
        });
        let lines: Vec<Line> = told.chain(lines.flat_map(|line| within(line, &shapes))).collect();
        let clocks = if lines.is_empty() { Vec::new() } else { clocks(facts) };
        let here = facts.leg().map(|leg| leg.time_zone.clone());
        let home = facts.profile.map(|profile| profile.home_time_zone.clone());
        Self { shapes, lines, clocks, of_reader: here.into_iter().chain(home).collect(), now: facts.now }
    }

    /// Those that tell a moment, "1 марта 2026, 15:20 (Астана)".
    pub fn moment(&self, told: Tells) -> impl Iterator<Item = &Line<'a>> {
        let tells = move |when: &[String]| {
            self.clocks.iter().any(|(place, zone)| {
                let is_at = |moment| calendar::moments(told.at(), zone).iter().any(|one| said(one) == moment);
                when.strip_suffix(place.as_slice()).is_some_and(is_at)
            })
        };
        self.lines.iter().filter(move |line| *line.with == told.with() && tells(&line.when))
    }

    /// What somebody wrote as such a line.
    pub fn claim(&self, text: &str) -> Option<Claim<'a>> {
        let said = said(text);
        let begun = |(with, before, _): &(&'a With, Sentence, Sentence)| {
            let is_a_line = !before.is_empty() && !is_on_a_page(with);
            let when = said.strip_prefix(before.as_ref()).filter(|_| is_a_line)?;
            // a moment, and the name of whose clock it is by
            let is_clock = |word: &String| when.iter().any(|word| word == ":") && !asks_for_something(word);
            let moment = when.split_last().filter(|(last, _)| is_clock(last)).map_or(when, |(_, moment)| moment);
            Some(Claim { with, is_a_time: !moment.is_empty() && moment.iter().all(|word| is_of_a_moment(word)) })
        };
        self.shapes.iter().find_map(begun)
    }

    /// Those that tell on a page up to when a warning holds, "22:00" or "1 декабря, 22:00 (Астана 23:00)".
    pub fn until(&self, at: Timestamp) -> impl Iterator<Item = &Line<'a>> {
        let is_at = move |zone: &String, when: &[String]| {
            let is_today = calendar::days_at(self.now, zone) == calendar::days_at(at, zone);
            calendar::moments(at, zone).iter().any(|moment| said(moment) == when)
                || is_today && said(&calendar::hour(at, zone)) == when
        };
        // the moment by one clock, the name of another and its hour, with its day where that is another one
        let is_beside = move |beside: &[String]| {
            let mut clocks =
                self.clocks.iter().filter_map(|(place, zone)| Some((zone, beside.strip_prefix(place.as_slice())?)));
            clocks.any(|(zone, when)| when.is_empty() || said(&calendar::hour(at, zone)) == when || is_at(zone, when))
        };
        let tells = move |when: &[String]| {
            (1..=when.len()).filter_map(|end| when.split_at_checked(end)).any(|(near, beside)| {
                self.of_reader.iter().any(|zone| is_at(zone, near)) && (beside.is_empty() || is_beside(beside))
            })
        };
        self.lines.iter().filter(move |line| *line.with == With::Until && tells(&line.when))
    }

    /// Those that tell on a page how old something is.
    pub fn ages(&self) -> impl Iterator<Item = &Line<'a>> {
        let is_age =
            |when: &[String]| matches!(when, [count] if count.len() <= 3 && count.chars().all(char::is_numeric));
        self.lines.iter().filter(move |line| *line.with == With::Age && is_age(&line.when))
    }

    /// Those that tell on which day a topic was reviewed.
    pub fn reviewed(&self, day: Date) -> impl Iterator<Item = &Line<'a>> {
        let tells = move |when: &[String]| calendar::days(day).iter().any(|one| said(one) == when);
        self.lines.iter().filter(move |line| *line.with == With::Reviewed && tells(&line.when))
    }
}

/// What stands on a page within a line, beside other words.
fn within<'a>(line: &str, shapes: &[(&'a With, Sentence, Sentence)]) -> Vec<Line<'a>> {
    let words = words(line);
    let mut found = Vec::new();
    for (with, before, after) in shapes.iter().filter(|(with, ..)| is_on_a_page(with)) {
        for begin in 0..words.len() {
            let is = |at: usize, part: &Sentence| {
                let there = words.get(at..at + part.len());
                there.is_some_and(|there| there.iter().map(|word| &word.said).eq(part.iter()))
            };
            let open = begin + before.len();
            let ends =
                (open + 1..=(open + MOST_OPEN).min(words.len())).filter(|end| is(begin, before) && is(*end, after));
            found.extend(ends.filter_map(|end| {
                let told = words.get(begin..end + after.len())?;
                let sentence: Vec<String> = told.iter().map(|word| word.said.clone()).collect();
                let shown = line.get(told.first()?.at.start..told.last()?.at.end)?.to_owned();
                let when = words.get(open..end)?.iter().map(|word| word.said.clone()).collect();
                Some(Line { words: shown, sentence: sentence.into(), with, when })
            }));
        }
    }
    found
}

fn is_on_a_page(with: &With) -> bool {
    matches!(with, With::Until | With::Age)
}

/// As many words as a moment has at most, by two clocks.
const MOST_OPEN: usize = 14;

/// A line that begins as one of the app's does.
pub struct Claim<'a> {
    pub with: &'a With,
    /// It tells a time, and nothing else.
    pub is_a_time: bool,
}

fn is_of_a_moment(word: &str) -> bool {
    word.chars().all(char::is_numeric) || word == ":" || word == "ж" || calendar::is_month(word)
}

/// What the app leaves open in such a line.
const WHEN: &str = "{when}";

/// By whose clock the app tells what it hands on: that of home, or of the airport there that somebody left from; of none
/// that it knows, UTC.
fn clocks(facts: &Facts) -> Vec<(Vec<String>, String)> {
    let home = facts.profile.iter().map(|profile| (&profile.home_city, profile.home_time_zone.clone()));
    let airports = facts.profile.into_iter().flat_map(|profile| atlas::airports_in(profile.home_country));
    let airports: Vec<_> = airports.map(|airport| (airport.city, airport.time_zone.to_owned())).collect();
    let places = home.chain(airports.iter().map(|(city, zone)| (city, zone.clone())));
    let named = places.flat_map(|(names, zone)| names.iter().map(move |(_, name)| (said(name), zone.clone())));
    named.chain([(said(UTC), UTC.to_owned())]).collect()
}

const UTC: &str = "UTC";
