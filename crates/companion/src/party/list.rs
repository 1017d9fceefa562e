//! A list that somebody brings, as a file or as text: who of it can go in, and what stands in the way of the others.

use contract::{
    place::CountryCode,
    record::{Needs, Person},
};
use serde::Serialize;
use ts_rs::TS;

use super::{
    columns::{self, Columns, Holds},
    named::{MAX_UNREAD, UnreadRow, latin, tidied, tidy},
    refusal::Refusal,
    table, xlsx,
};
use crate::{
    error::{Failure, FailureCode},
    import::{MAX_BYTES, text, zip},
};

/// More rows are no list of a group.
const MAX_ROWS: usize = MAX_UNREAD;

/// What was read of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Listed {
    /// Those who can go in, as far as there is room.
    pub people: Vec<Person>,
    /// Those who cannot yet.
    pub faulty: Vec<FaultyRow>,
    /// Headings of columns that are not taken.
    pub ignored: Vec<String>,
    /// Rows that are nobody but a sum of the others.
    pub sums: Vec<String>,
}

/// A row, and what stands in its way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct FaultyRow {
    /// In the file, from 1.
    pub row: u32,
    /// As far as it was understood.
    pub person: Person,
    /// The whole of it, for who mends it.
    pub text: String,
    /// With the field of the person.
    pub fault: Failure,
}

impl FaultyRow {
    /// One that waits. Where nothing is wrong with it, the list was full.
    pub fn of(kept: UnreadRow, home: CountryCode) -> Self {
        let fault = tidied(kept.person.clone(), home).err().unwrap_or(Failure::new(FailureCode::TooManyPeople));
        Self { row: kept.row, person: kept.person, text: kept.text, fault }
    }
}

/// Reads a list: text with tabs, semicolons or commas, or a line each, in any encoding; or a workbook.
///
/// # Errors
/// A [`Refusal`], where nobody can be read.
pub fn read(bytes: &[u8], home: CountryCode) -> Result<Listed, Refusal> {
    if bytes.len() as u64 > MAX_BYTES {
        return Err(Refusal::TooLarge);
    }
    let rows = if zip::is(bytes) {
        xlsx::rows(bytes, MAX_ROWS)?
    } else if is_of_another_kind(bytes) {
        return Err(Refusal::UnknownKind);
    } else {
        table::rows(&text::decode(bytes).ok_or(Refusal::UnknownKind)?, MAX_ROWS)
    };
    if rows.len() > MAX_ROWS {
        return Err(Refusal::TooMuch);
    }
    let columns = columns::columns(&rows);
    let mut listed =
        Listed { people: Vec::new(), faulty: Vec::new(), ignored: columns.ignored.clone(), sums: Vec::new() };
    for (row, cells) in (1..).zip(&rows).skip(columns.first_row) {
        if cells.iter().all(String::is_empty) || columns.is_heading(cells) {
            continue;
        }
        if columns.is_sum(cells) {
            listed.sums.push(tidy(&cells.join(" ")));
            continue;
        }
        let person = person(cells, &columns);
        let fault = match tidied(person.clone(), home) {
            Ok(tidied) => {
                listed.people.push(tidied);
                continue;
            }
            Err(fault) => fault,
        };
        let kept = UnreadRow { row, person, text: whole(cells, &columns) }.shortened();
        listed.faulty.push(FaultyRow { row, person: kept.person, text: kept.text, fault });
    }
    if listed.people.is_empty() && listed.faulty.is_empty() { Err(Refusal::Nobody) } else { Ok(listed) }
}

/// What stood in a row. A column whose heading says that it is something else is not taken for it either.
fn whole(cells: &[String], columns: &Columns) -> String {
    let is_taken = |at: usize| columns.first_row == 0 || columns.holds.get(at).is_some_and(Option::is_some);
    let filled: Vec<_> = cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()).collect();
    // a row that is not in the columns is under no heading
    let is_in_none = !filled.iter().any(|(at, _)| is_taken(*at));
    let said = filled.into_iter().filter(|(at, _)| is_in_none || is_taken(*at));
    said.map(|(_, cell)| tidy(cell)).collect::<Vec<_>>().join(" · ")
}

/// Pictures, PDF and workbooks of old are bytes that a decoder would make letters of.
fn is_of_another_kind(bytes: &[u8]) -> bool {
    const BEGINNINGS: [&[u8]; 3] = [b"\xd0\xcf\x11\xe0", b"GIF8", b"{\\rtf"];
    reader::is_picture(bytes)
        || reader::is_pdf(bytes)
        || BEGINNINGS.iter().any(|beginning| bytes.starts_with(beginning))
}

fn person(cells: &[String], columns @ Columns { holds, .. }: &Columns) -> Person {
    let of = |wanted: &'static [Holds], between: &str| {
        let found = cells.iter().zip(holds).filter(|(_, holds)| holds.is_some_and(|holds| wanted.contains(&holds)));
        found.map(|(cell, _)| cell.as_str()).filter(|cell| !cell.is_empty()).collect::<Vec<_>>().join(between)
    };
    let written = of(&[Holds::Name, Holds::PartOfName], " ");
    let (name, behind) = parted(&written);
    // what is nobody's name is shown to who mends it
    let name = if name.is_empty() && behind.is_empty() { tidy(&written) } else { name };
    let phone = match of(&[Holds::Phone], " ") {
        none if none.is_empty() => behind,
        phone => phone,
    };
    let mut needs = Needs {
        medicine: of(&[Holds::Medicine], " "),
        medicine_days: None,
        wheelchair: says_yes(&of(&[Holds::Wheelchair], " ")),
        pregnant: says_yes(&of(&[Holds::Pregnant], " ")),
        infant: says_yes(&of(&[Holds::Infant], " ")),
    };
    let days = of(&[Holds::Days], " ");
    match days.split(|letter: char| !letter.is_ascii_digit()).find_map(|digits| digits.parse().ok()) {
        Some(days) => needs.medicine_days = Some(days),
        // "two weeks" stays readable
        None if says_yes(&days) => needs.medicine = tidy(&format!("{} ({days})", needs.medicine)),
        None => {}
    }
    if !says_yes(&needs.medicine) {
        needs.medicine.clear();
    }
    // what is in other letters is no name of a passport, and nobody is left out for it
    let latin = latin(&of(&[Holds::Latin], " ")).unwrap_or_default();
    let (group, room) = (together(cells, columns, Holds::Group), together(cells, columns, Holds::Room));
    Person { number: 0, name, latin, phone, group, room, needs }
}

/// With whom somebody goes or stays; a number alone with what it is the number of.
fn together(cells: &[String], columns: &Columns, wanted: Holds) -> String {
    let of_each = cells.iter().zip(&columns.holds).zip(&columns.numbered);
    let said = of_each.filter(|((cell, holds), _)| **holds == Some(wanted) && !cell.is_empty());
    let is_number = |cell: &str| {
        cell.chars().any(|letter| letter.is_ascii_digit())
            && cell.chars().filter(|letter| letter.is_alphabetic()).count() < 2
    };
    let whole =
        said.map(|((cell, _), word)| if is_number(cell) { tidy(&format!("{word} {cell}")) } else { cell.clone() });
    whole.collect::<Vec<_>>().join(", ")
}

/// Anything but nothing and a no.
fn says_yes(text: &str) -> bool {
    !["", "-", "–", "—", "0", "нет", "жоқ", "no", "none", "false", "n"].contains(&text.trim().to_lowercase().as_str())
}

/// A day as people write it: when somebody was born is asked for nowhere, and no part of a name.
fn is_day(word: &str) -> bool {
    let word = word.trim_matches(|letter: char| ",;()".contains(letter));
    let parts: Vec<&str> = word.split(['.', '/', '-']).collect();
    let is = |text: &str, digits: std::ops::RangeInclusive<usize>, most: u16| {
        digits.contains(&text.len()) && text.parse::<u16>().is_ok_and(|number| (1..=most).contains(&number))
    };
    let [first, month, last] = parts[..] else { return false };
    let (day, year) = if first.len() == 4 { (last, first) } else { (first, last) };
    is(day, 1..=2, 31) && is(month, 1..=2, 12) && is(year, 4..=4, 2100)
}

/// A name without the number before it, and the phone behind it, where one is. A day between them is neither.
fn parted(text: &str) -> (String, String) {
    let text = &text.split(' ').filter(|word| !is_day(word)).collect::<Vec<_>>().join(" ");
    let is_before = |letter: char| letter.is_ascii_digit() || letter.is_whitespace() || ".)№#•*-–—:".contains(letter);
    let is_of_phone = |letter: char| letter.is_ascii_digit() || "+ ()-\u{a0}".contains(letter);
    let phone = text
        .char_indices()
        .filter(|(_, letter)| letter.is_ascii_digit() || *letter == '+')
        .map(|(at, _)| (at, text[at..].chars().take_while(|letter| is_of_phone(*letter)).collect::<String>()))
        .find(|(_, run)| columns::is_phone(run));
    let name = match &phone {
        Some((at, run)) => format!("{} {}", &text[..*at], &text[at + run.len()..]),
        None => text.clone(),
    };
    let name = name.trim_start_matches(is_before).trim_end_matches(|letter: char| " ,;:-–—(".contains(letter));
    (tidy(name), phone.map(|(_, run)| run.trim().to_owned()).unwrap_or_default())
}
