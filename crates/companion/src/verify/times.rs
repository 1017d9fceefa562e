//! Lines of the app's own that tell when something was said or up to when it holds: such a line is an entry's where it tells
//! that entry's time, and nobody's where it tells another.

use jiff::{Timestamp, civil::Date};

use super::{
    answer::{Printed, With},
    reading::unlisted,
    words::{Sentence, said},
};
use crate::{calendar, facts::Facts};

/// Those of a text.
pub struct Times<'a> {
    lines: Vec<Line<'a>>,
    /// The names of places, word by word, and the zone of the clock there.
    clocks: Vec<(Vec<String>, String)>,
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
        let shapes: Vec<_> = shapes.map(|(with, (before, after))| (with, said(before), said(after))).collect();
        // a line is pointed as it stands in the text: one that is asked or struck out is no entry's
        let lines = text.lines().map(unlisted).filter(|line| !line.contains(['?', '~']));
        let told = lines.flat_map(|words| {
            let sentence = said(words);
            let line = |(with, before, after): &(&'a With, Vec<String>, Vec<String>)| {
                let when = sentence.strip_prefix(before.as_slice())?.strip_suffix(after.as_slice())?.to_vec();
                Some(Line { words: words.to_owned(), sentence: sentence.as_slice().into(), with, when })
            };
            shapes.iter().filter_map(line).collect::<Vec<_>>()
        });
        let lines: Vec<Line> = told.collect();
        let clocks = if lines.is_empty() { Vec::new() } else { clocks(facts) };
        Self { lines, clocks }
    }

    /// Those that tell a moment, "1 марта 2026, 15:20 (Астана)".
    pub fn moment(&self, with: &With, at: Timestamp) -> impl Iterator<Item = &Line<'a>> {
        let tells = move |when: &[String]| {
            self.clocks.iter().any(|(place, zone)| {
                let is_at = |moment| calendar::moments(at, zone).iter().any(|one| said(one) == moment);
                when.strip_suffix(place.as_slice()).is_some_and(is_at)
            })
        };
        self.lines.iter().filter(move |line| line.with == with && tells(&line.when))
    }

    /// Those that tell on which day a topic was reviewed.
    pub fn reviewed(&self, day: Date) -> impl Iterator<Item = &Line<'a>> {
        let tells = move |when: &[String]| calendar::days(day).iter().any(|one| said(one) == when);
        self.lines.iter().filter(move |line| *line.with == With::Reviewed && tells(&line.when))
    }
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
