//! A list that somebody brings, as a file or as text: who of it can go in, and what stands in the way of the others.

use contract::{
    place::CountryCode,
    record::{Needs, Person},
};
use serde::Serialize;
use ts_rs::TS;

use super::{
    columns::{self, Columns, Holds},
    line::Line,
    named::{MAX_UNREAD, UnreadRow, latin, tidied, tidy},
    refusal::Refusal,
    table, xlsx,
};
use crate::{
    error::{Failure, FailureCode},
    import::{MAX_BYTES, text, zip},
    verify,
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
        table::rows(&verify::opened(&text::decode(bytes).ok_or(Refusal::UnknownKind)?, MAX_ROWS), MAX_ROWS)
    };
    if rows.len() > MAX_ROWS {
        return Err(Refusal::TooMuch);
    }
    let columns = columns::columns(&rows);
    let mut listed =
        Listed { people: Vec::new(), faulty: Vec::new(), ignored: columns.ignored.clone(), sums: Vec::new() };
    // the bus and the room of those below, where a line says them
    let mut under = Line::default();
    for (row, cells) in (1..).zip(&rows).skip(columns.first_row) {
        if cells.iter().all(String::is_empty) || columns.is_heading(cells) {
            continue;
        }
        if columns.is_sum(cells) {
            listed.sums.push(tidy(&cells.join(" ")));
            continue;
        }
        if let Some(heads) = Line::heads(&cells.join(" ")) {
            let is_of_room = heads.group.is_empty();
            under = if is_of_room { Line { room: heads.room, ..under } } else { heads };
            continue;
        }
        let mut person = person(cells, &columns);
        if person.group.is_empty() {
            person.group.clone_from(&under.group);
        }
        if person.room.is_empty() {
            person.room.clone_from(&under.room);
        }
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
    let line = Line::read(&written);
    // what is nobody's name is shown to who mends it
    let name = if line.name.is_empty() && line.phone.is_empty() { tidy(&written) } else { line.name };
    let or = |said: String, other: String| if said.is_empty() { other } else { said };
    let phone = or(of(&[Holds::Phone], " "), line.phone);
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
    // a cell of no column that is nothing but a bus or a room, in words
    let in_words = |cell: &&String| cell.contains(char::is_alphabetic);
    let of_none = cells.iter().zip(holds).filter(|(_, holds)| holds.is_none()).map(|(cell, _)| cell);
    let beside: Vec<Line> = of_none.filter(in_words).map(|cell| Line::read(cell)).collect();
    let beside = |of: fn(&Line) -> &String| {
        let mut only = beside.iter().filter(|line| line.name.is_empty() && line.phone.is_empty()).map(of);
        only.find(|said| !said.is_empty()).cloned().unwrap_or_default()
    };
    let group = or(or(together(cells, columns, Holds::Group), line.group), beside(|line| &line.group));
    let room = or(or(together(cells, columns, Holds::Room), line.room), beside(|line| &line.room));
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
