//! Who was touched in a time: the audit file says by whom, the desk's cases and its copy of the register say who they are.
//! Whoever had a session saw the list of open cases too, of which no line is left: it is counted as seen.

mod lines;
mod sessions;
pub mod word;

use std::collections::{BTreeMap, BTreeSet};

use contract::{
    ids::DeviceId,
    record::{Kind, Trip},
};
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

use super::{
    alike::Description,
    audit::{self, AuditError},
    casework::{Reading, Result},
    folder::ConsularKeys,
    mirror::Mirror,
    office::SAME_OPENING,
    people::people_of_trip,
};
use lines::Line;

/// Of what time, and of whose hands.
#[derive(Debug, Clone)]
pub struct Asked {
    pub from: Timestamp,
    /// Included.
    pub to: Timestamp,
    /// The one officer, where one session was stolen.
    pub officer: Option<String>,
}

impl Asked {
    fn is_of(&self, officer: &str) -> bool {
        self.officer.as_deref().is_none_or(|asked| asked == officer)
    }
}

/// What of somebody was seen or changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// The page of the case: all that was sealed, people and places among it.
    Case,
    Letters,
    /// What was said in a call, and whose it is.
    Call,
    /// Something was written to them.
    Written,
    /// Something was done about their case.
    Changed,
    /// Name and birth date, by a search.
    Found,
    /// That they are known here, by a question of who takes calls.
    Known,
    /// Name, number and what was touched, by such a list as this.
    Named,
    /// Name, words and place, on the list of open cases.
    List,
    /// Name and end, on the list of closed cases.
    ClosedList,
}

impl What {
    /// Whether everybody whom the case names is meant by it, or its first person alone.
    fn is_of_all(self) -> bool {
        match self {
            Self::Case | Self::Call | Self::Found | Self::Known | Self::Named => true,
            Self::Letters | Self::Written | Self::Changed | Self::List | Self::ClosedList => false,
        }
    }
}

/// Where somebody is named.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Of {
    Case(u32),
    /// Registered, and there is no case about them.
    Trip(String),
}

impl std::fmt::Display for Of {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Case(number) => write!(f, "case {number}"),
            Self::Trip(id) => write!(f, "trip {id}"),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Whose {
    Person,
    /// Who called about them.
    Caller,
    NextOfKin,
    /// Nothing is kept of who they are.
    Erased,
}

/// One person, once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Touched {
    pub of: BTreeSet<Of>,
    pub whose: Whose,
    /// Empty where nobody has given one.
    pub name: String,
    pub numbers: BTreeSet<String>,
    pub what: BTreeSet<What>,
    /// The lines of the audit file that each officer left; none of whoever saw a list alone.
    pub by: BTreeMap<String, BTreeSet<usize>>,
    pub first: Timestamp,
    pub last: Timestamp,
    /// A letter reaches them: they have a phone here, and did not ask that nobody writes.
    pub by_letter: bool,
}

/// Whom the word goes to, and what this list cannot say.
#[derive(Debug, Default)]
pub struct Breach {
    pub touched: Vec<Touched>,
    /// Lines about people that do not say whom, by their words.
    pub unnamed: BTreeMap<String, usize>,
    /// Trips that do not open with the keys that are here.
    pub shut: BTreeSet<String>,
    /// The copy of the register was not read to its end: trips that were touched may not be here yet.
    pub half_read: bool,
    /// No line is by the officer who is asked of: perhaps the name is another.
    pub no_line_of: Option<String>,
    /// Numbers of lines that cannot be read.
    pub unread: Vec<usize>,
    /// The first line that does not follow the one before.
    pub broken_at: Option<usize>,
}

impl Breach {
    pub fn what(&self) -> BTreeSet<What> {
        self.touched.iter().flat_map(|one| one.what.iter().copied()).collect()
    }
}

/// Who they are, as one line of the audit file names them.
struct Person {
    /// By which the same person of two cases is one.
    device: String,
    whose: Whose,
    name: String,
    number: String,
    by_letter: bool,
}

/// When, by whom, and by which line.
struct Touch<'a> {
    what: What,
    by: &'a str,
    at: Timestamp,
    /// Of the audit file; none where a list was in sight.
    line: Option<usize>,
}

/// Where it is looked up.
#[derive(Clone, Copy)]
pub struct Known<'a> {
    pub reading: Reading<'a>,
    pub mirror: &'a Mirror,
    pub keys: &'a ConsularKeys,
}

/// Who was touched.
///
/// # Errors
/// The desk's database or its copy of the register cannot be read.
pub fn list(audit_file: &str, known: Known<'_>, asked: &Asked) -> Result<Breach> {
    let (lines, unread) = lines::read(audit_file);
    let broken_at = match audit::follow(audit_file) {
        Err(AuditError::Broken(line)) => Some(line),
        Ok(_) | Err(AuditError::Io(_) | AuditError::Line(_)) => None,
    };
    let no_line_of = asked.officer.clone().filter(|officer| lines.iter().all(|line| line.account != *officer));
    let half_read = !known.mirror.is_whole()?;
    let breach = Breach { unread, broken_at, half_read, no_line_of, ..Breach::default() };
    let mut list = List { known, people: BTreeMap::new(), breach };
    for line in lines.iter().filter(|line| asked.is_of(&line.account)) {
        list.add(line, asked)?;
    }
    for session in sessions::of(&lines, known.reading, asked)? {
        list.add_lists(&session)?;
    }
    Ok(Breach { touched: list.people.into_values().collect(), ..list.breach })
}

struct List<'a> {
    known: Known<'a>,
    people: BTreeMap<(String, Whose, String), Touched>,
    breach: Breach,
}

impl List<'_> {
    fn add(&mut self, line: &Line, asked: &Asked) -> Result<()> {
        // whoever has opened a case sees it again for a while, and no line says so
        let before = if line.is_opening() { SAME_OPENING } else { SignedDuration::ZERO };
        if line.at > asked.to || line.at + before < asked.from {
            return Ok(());
        }
        let Some(what) = line.what() else { return Ok(()) };
        let touch = Touch { what, by: &line.account, at: line.at, line: Some(line.number) };
        let (mut cases, mut trips) = (BTreeSet::from_iter(line.case), BTreeSet::new());
        for id in &line.opened {
            match id.split_once(' ') {
                Some(("case", number)) => cases.extend(number.parse::<u32>()),
                Some(("trip", trip)) => _ = trips.insert(trip.to_owned()),
                Some(_) | None => _ = self.is_trip(id, line)?.then(|| trips.insert(id.clone())),
            }
        }
        if cases.is_empty() && trips.is_empty() {
            // opened by a command: it names the phone
            cases = line.device.map(|device| self.known.reading.cases_of(device)).transpose()?.unwrap_or_default();
        }
        if cases.is_empty() && trips.is_empty() {
            if !line.found_nobody() {
                *self.breach.unnamed.entry(line.word().to_owned()).or_default() += 1;
            }
            return Ok(());
        }
        for number in &cases {
            // what was opened with one case is of its people
            let of_case = if line.case == Some(*number) && line.is_opening() { Some(&trips) } else { None };
            self.touch_case(*number, of_case, &touch)?;
        }
        if line.case.is_none() || !line.is_opening() {
            for trip in &trips {
                self.touch_trip(trip, &touch)?;
            }
        }
        Ok(())
    }

    /// Whether an id in a line is a trip's: one that a question found is, be it here or gone since.
    fn is_trip(&self, id: &str, line: &Line) -> Result<bool> {
        Ok(self.known.mirror.has(Kind::Trip, id)? || line.is_question())
    }

    fn add_lists(&mut self, session: &sessions::Session) -> Result<()> {
        for (what, numbers) in [(What::List, &session.open), (What::ClosedList, &session.closed)] {
            for number in numbers {
                let touch = Touch { what, by: &session.officer, at: session.begin, line: None };
                self.touch_case(*number, None, &touch)?;
            }
        }
        Ok(())
    }

    /// `trips` is what was opened with it; else the trip that it is of is looked at.
    fn touch_case(&mut self, number: u32, trips: Option<&BTreeSet<String>>, touch: &Touch<'_>) -> Result<()> {
        let of = Of::Case(number);
        let Some(facts) = self.known.reading.facts(number)? else {
            self.touch(of.clone(), erased(&of), touch);
            return Ok(());
        };
        let row = self.known.reading.case(number)?;
        let (device, by_letter) = (row.device.to_string(), row.has_phone && self.may_be_written_to(row.device)?);
        if touch.what.is_of_all() {
            let own = row.trip.map(|trip| BTreeSet::from([trip.to_string()]));
            for trip in trips.cloned().or(own).unwrap_or_default() {
                self.touch_people_of(&trip, &of, (&device, by_letter), touch)?;
            }
            if !facts.caller_name.is_empty() || !facts.caller_phone.is_empty() {
                let (name, number) = (facts.caller_name.clone(), facts.caller_phone.clone());
                let caller = Person { device: device.clone(), whose: Whose::Caller, name, number, by_letter: false };
                self.touch(of.clone(), caller, touch);
            }
        }
        let person = Person { device, whose: Whose::Person, name: facts.name, number: facts.phone, by_letter };
        self.touch(of, person, touch);
        Ok(())
    }

    fn touch_trip(&mut self, trip: &str, touch: &Touch<'_>) -> Result<()> {
        let of = Of::Trip(trip.to_owned());
        match self.known.mirror.find::<Trip>(Kind::Trip, trip)? {
            Some(held) => {
                let by_letter = self.may_be_written_to(held.device)?;
                self.touch_people_of(trip, &of, (&held.device.to_string(), by_letter), touch)
            }
            None => {
                self.touch(of.clone(), erased(&of), touch);
                Ok(())
            }
        }
    }

    /// Whether the word can go by letter, as what is for many goes: no wish of theirs forbids it, of a closed case either.
    fn may_be_written_to(&self, device: DeviceId) -> Result<bool> {
        Ok(!self.known.reading.guard_in_a_crowd(device)?.no_letters)
    }

    /// Everybody of a trip that is still here.
    fn touch_people_of(
        &mut self,
        trip: &str,
        of: &Of,
        (device, by_letter): (&str, bool),
        touch: &Touch<'_>,
    ) -> Result<()> {
        let Some(held) = self.known.mirror.find::<Trip>(Kind::Trip, trip)? else { return Ok(()) };
        let Some(people) = people_of_trip(held, self.known.keys) else {
            self.breach.shut.insert(trip.to_owned());
            return Ok(());
        };
        for Description { name, number, kin, .. } in people {
            let device = device.to_owned();
            if !kin.is_empty() {
                let (device, name, whose) = (device.clone(), String::new(), Whose::NextOfKin);
                self.touch(of.clone(), Person { device, whose, name, number: kin, by_letter: false }, touch);
            }
            self.touch(of.clone(), Person { device, whose: Whose::Person, name, number, by_letter }, touch);
        }
        Ok(())
    }

    fn touch(&mut self, of: Of, person: Person, touch: &Touch<'_>) {
        let Person { device, whose, name, number, by_letter } = person;
        let one = self.people.entry((device, whose, name.clone())).or_insert_with(|| Touched {
            of: BTreeSet::new(),
            whose,
            name,
            numbers: BTreeSet::new(),
            what: BTreeSet::new(),
            by: BTreeMap::new(),
            first: touch.at,
            last: touch.at,
            by_letter,
        });
        one.of.insert(of);
        one.numbers.extend(Some(number).filter(|number| !number.is_empty()));
        one.what.insert(touch.what);
        one.by.entry(touch.by.to_owned()).or_default().extend(touch.line);
        (one.first, one.last) = (one.first.min(touch.at), one.last.max(touch.at));
        // one case that asks for no letters speaks for the person
        one.by_letter &= by_letter;
    }
}

fn erased(of: &Of) -> Person {
    let (name, number) = (String::new(), String::new());
    Person { device: of.to_string(), whose: Whose::Erased, name, number, by_letter: false }
}

impl Reading<'_> {
    /// The cases of a phone, those of who was erased among them.
    fn cases_of(&self, device: DeviceId) -> Result<BTreeSet<u32>> {
        let mut statement = self.connection.prepare_cached("SELECT number FROM cases WHERE device = ?1")?;
        let numbers = statement.query_map([device.to_string()], |row| row.get(0))?;
        Ok(numbers.collect::<std::result::Result<_, _>>()?)
    }
}
