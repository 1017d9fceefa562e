//! Texts that the app itself writes for what a traveller tells others: no word of the ministry. They are known by their words;
//! a moment, a place or a number of people in them may be any, and nothing else.

use std::ops::RangeInclusive;

use atlas::Fit;

use super::{
    answer::{Printed, With},
    reading::unlisted,
    words::said,
};
use crate::{calendar, facts::Facts, family};

pub struct AppTexts {
    lines: Vec<Line>,
    /// By whose clock moments are told, beside the places of the atlas.
    home: Vec<String>,
}

/// A line of the app, word by word.
type Line = Vec<Part>;

enum Part {
    Said(String),
    When,
    Place,
    People,
}

/// As many words as a moment or a place has at most: what is pasted may be long.
const MOST_OPEN: usize = 16;

impl AppTexts {
    pub fn of(facts: &Facts, printed: &[Printed]) -> Self {
        let shown = printed.iter().filter(|one| one.with == With::AppText).map(|one| one.words.clone());
        let home = facts.profile.iter().flat_map(|profile| profile.home_city.iter());
        Self {
            lines: shown.chain(family::shapes()).map(|shape| line(&shape)).collect(),
            home: home.map(|(_, name)| said(name).join(" ")).collect(),
        }
    }

    /// Whether a text is one of them, and nothing else.
    pub fn are_all(&self, text: &str) -> bool {
        let mut lines = text.lines().map(|line| said(unlisted(line))).filter(|line| !line.is_empty()).peekable();
        lines.peek().is_some() && lines.all(|line| self.lines.iter().any(|shape| self.is(shape, &line)))
    }

    fn is(&self, line: &[Part], said: &[String]) -> bool {
        let Some((part, rest)) = line.split_first() else { return said.is_empty() };
        match part {
            Part::Said(_) | Part::People => {
                said.split_at_checked(1).is_some_and(|(one, after)| self.fits(part, one) && self.is(rest, after))
            }
            // the atlas is asked last: it takes the longest
            Part::When | Part::Place => (1..=MOST_OPEN)
                .filter_map(|end| said.split_at_checked(end))
                .any(|(some, after)| self.is(rest, after) && self.fits(part, some)),
        }
    }

    fn fits(&self, part: &Part, said: &[String]) -> bool {
        match part {
            Part::Said(word) => said == [word.as_str()],
            Part::People => said.iter().all(|word| is_figure(word, 0..=9999)),
            Part::Place => self.is_place(said) || (1..said.len()).any(|end| self.are_places(said, end)),
            Part::When => (1..=said.len()).any(|end| self.is_moment(said, end)),
        }
    }

    /// "1 марта 2026, 15:20 (Астана)": the first words a moment, today's by its hour alone, the others by whose clock, if by
    /// any.
    fn is_moment(&self, said: &[String], end: usize) -> bool {
        let Some((moment, place)) = said.split_at_checked(end) else { return false };
        let [day @ .., hour, colon, minute] = moment else { return false };
        let is_clock = is_figure(hour, 0..=23) && colon == ":" && is_figure(minute, 0..=59);
        let is_by_a_clock = place.is_empty() || self.is_place(place) || place == ["utc"];
        is_clock && (day.is_empty() || is_day(day)) && is_by_a_clock
    }

    /// "Дубай, ОАЭ"
    fn are_places(&self, said: &[String], end: usize) -> bool {
        said.split_at_checked(end).is_some_and(|(place, country)| self.is_place(place) && self.is_place(country))
    }

    /// Letters alone: a sign or a figure in a name is somebody's addition.
    fn is_place(&self, said: &[String]) -> bool {
        let name = said.join(" ");
        let is_name = said.iter().all(|word| word.chars().all(char::is_alphabetic));
        let is_known = || atlas::look_up(&name, 1, &[]).iter().any(|(fit, _)| *fit == Fit::WholeName);
        !said.is_empty() && is_name && (self.home.contains(&name) || is_known())
    }
}

/// "Сказано: {when}", word by word.
fn line(shape: &str) -> Line {
    let mut line = Line::new();
    for piece in shape.split_inclusive('}') {
        let (before, hole) = match piece.rsplit_once('{') {
            Some((before, "when}")) => (before, Some(Part::When)),
            Some((before, "place}")) => (before, Some(Part::Place)),
            Some((before, "people}")) => (before, Some(Part::People)),
            Some(_) | None => (piece, None),
        };
        line.extend(said(before).into_iter().map(Part::Said).chain(hole));
    }
    line
}

/// "1 марта", "1 марта 2026", "2026 ж. 1 наурыз".
fn is_day(said: &[String]) -> bool {
    let (day, month) = match said {
        [day, month] => (day, month),
        [day, month, year] if is_year(year) => (day, month),
        [year, of, day, month] if is_year(year) && of == "ж" => (day, month),
        [..] => return false,
    };
    is_figure(day, 1..=31) && calendar::is_month(month)
}

fn is_year(word: &str) -> bool {
    is_figure(word, 2000..=2199)
}

fn is_figure(word: &str, range: RangeInclusive<u16>) -> bool {
    let is_written = word.bytes().all(|byte| byte.is_ascii_digit()) && word.len() <= 4;
    is_written && word.parse().is_ok_and(|number| range.contains(&number))
}
