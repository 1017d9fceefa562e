//! Who is on the list, each under a number of their own.

use std::collections::BTreeSet;

use contract::{
    place::CountryCode,
    record::{MAX_MEDICINE, MAX_PEOPLE, Person},
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::cells::cut;
use crate::{
    error::{Failure, FailureCode},
    trips::{self, no_longer_than},
};

/// Room for the longest names that passports have.
const MAX_NAME: usize = 60;
/// As many as a passport's lines for machines have for a name.
const MAX_LATIN: usize = 39;
const MAX_GROUP: usize = 24;
const MAX_ROOM: usize = 16;
/// Of one word of a name: a year may stand beside it.
const MOST_DIGITS: usize = 4;
/// A year; whoever has more writes so.
const MAX_DAYS: u16 = 366;
/// Rows of a file that wait to be corrected.
pub const MAX_UNREAD: usize = 2_500;

/// The list of a trip as it is kept.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Party {
    /// Who calls the roll, as they call themselves; it stays on this device.
    pub leader: String,
    /// In the order in which they were entered.
    pub people: Vec<Person>,
    /// The highest number that was ever given: nobody gets one that another had.
    pub last: u16,
    /// Those who look like one person and are each another, by number.
    pub apart: Vec<Vec<u16>>,
    /// Who calls the roll, by number, where they put themselves on the list; it stays on this device.
    pub leads: Option<u16>,
}

/// A row of a file that waits to be corrected, as it was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct UnreadRow {
    /// In the file, from 1.
    pub row: u32,
    /// As far as it was understood.
    pub person: Person,
    /// The whole of it, a cell after the other, but for columns that are not taken; empty where an app before this one kept it.
    #[serde(default)]
    pub text: String,
}

/// The longest text that is kept of a row, in letters.
const MAX_ROW: usize = 1_000;

impl UnreadRow {
    /// Nobody mends ten thousand letters: their beginning shows what they were.
    pub fn shortened(mut self) -> Self {
        let person = &mut self.person;
        for text in [
            &mut person.name,
            &mut person.latin,
            &mut person.phone,
            &mut person.group,
            &mut person.room,
            &mut person.needs.medicine,
        ] {
            cut(text);
        }
        if let Some((end, _)) = self.text.char_indices().nth(MAX_ROW) {
            self.text.truncate(end);
        }
        self
    }
}

impl Party {
    /// As it is kept after `before`: texts tidied, phones in E.164, and everybody under a number of their own.
    ///
    /// # Errors
    /// The first field that does not hold, by its pointer.
    pub fn tidied(self, before: &Self, home: CountryCode) -> Result<Self, Failure> {
        let leader = tidy(&self.leader);
        no_longer_than(MAX_NAME, &leader, "/leader")?;
        if self.people.len() > usize::from(MAX_PEOPLE) {
            return Err(Failure::at(FailureCode::TooManyPeople, "/people"));
        }
        let mut people = Vec::with_capacity(self.people.len());
        for (index, person) in self.people.into_iter().enumerate() {
            let fault =
                |Failure { code, field }| Failure::at(code, format!("/people/{index}{}", field.unwrap_or_default()));
            people.push(tidied(person, home).map_err(fault)?);
        }
        let last = number(&mut people, before.last.max(self.last));
        let known: BTreeSet<u16> = people.iter().map(|person| person.number).collect();
        let only_known =
            |numbers: Vec<u16>| numbers.into_iter().filter(|one| known.contains(one)).collect::<BTreeSet<_>>();
        let apart: BTreeSet<_> = self.apart.into_iter().map(only_known).filter(|numbers| numbers.len() > 1).collect();
        let apart = apart.into_iter().map(|numbers| numbers.into_iter().collect()).collect();
        let leads = self.leads.filter(|number| known.contains(number));
        Ok(Self { leader, people, last, apart, leads })
    }

    /// The same with whoever calls the roll, by their name; as it is where they are on it.
    ///
    /// # Errors
    /// [`FailureCode::NoName`], `TextTooLong` or `TooManyPeople`.
    pub fn joined(&self, name: String, home: CountryCode) -> Result<Self, Failure> {
        if self.leads.is_some() {
            return Ok(self.clone());
        }
        let mut joined = self.clone();
        joined.people.push(Person { name, ..Person::default() });
        let joined = joined.tidied(self, home)?;
        Ok(Self { leads: joined.people.last().map(|person| person.number), ..joined })
    }

    /// None of these is another of them, however alike they look.
    pub fn part(&mut self, numbers: &[u16]) {
        self.apart.push(numbers.to_vec());
    }

    /// Those who stay and, of these numbers, those who go: each as before, on one of the two lists.
    ///
    /// # Errors
    /// Of so many who travel so many go, and there are others on the list than these: [`FailureCode::TickMore`] where more
    /// go than these and whoever is on no list, [`FailureCode::TickFewer`] where these are more.
    pub fn split(&self, numbers: &[u16], go: u32, travel: u32) -> Result<(Self, Self), Failure> {
        let (gone, stay): (Vec<_>, Vec<_>) =
            self.people.iter().cloned().partition(|person| numbers.contains(&person.number));
        let count = |people: &[Person]| u32::try_from(people.len()).unwrap_or(u32::MAX);
        let (ticked, unlisted) = (count(&gone), travel.saturating_sub(count(&self.people)));
        if ticked > go {
            return Err(Failure::at(FailureCode::TickFewer, "/numbers"));
        }
        if !self.people.is_empty() && go - ticked > unlisted {
            return Err(Failure::at(FailureCode::TickMore, "/numbers"));
        }
        Ok((self.with(stay), self.with(gone)))
    }

    /// The same of these people alone.
    fn with(&self, people: Vec<Person>) -> Self {
        let of_these = |numbers: &Vec<u16>| {
            let known = |number: &u16| people.iter().any(|person| person.number == *number);
            let kept: Vec<u16> = numbers.iter().copied().filter(known).collect();
            (kept.len() > 1).then_some(kept)
        };
        let apart = self.apart.iter().filter_map(of_these).collect();
        let leads = self.leads.filter(|leads| people.iter().any(|person| person.number == *leads));
        Self { leader: self.leader.clone(), people, last: self.last, apart, leads }
    }

    /// Two entries are one person: the first stays, and has what only the other said. False where there are no two such.
    pub fn merge(&mut self, kept: u16, other: u16) -> bool {
        let at = |number: u16| self.people.iter().position(|person| person.number == number);
        let (Some(first), Some(second)) = (at(kept), at(other)) else { return false };
        if first == second {
            return false;
        }
        let gone = self.people[second].clone();
        add(&mut self.people[first], gone);
        self.people.remove(second);
        self.leads = self.leads.map(|leads| if leads == other { kept } else { leads });
        self.apart.iter_mut().for_each(|numbers| numbers.retain(|number| *number != other));
        self.apart.retain(|numbers| numbers.len() > 1);
        true
    }
}

/// What one entry of a person lacks, as another has it; their name stays.
pub fn add(person: &mut Person, other: Person) {
    fill(&mut person.latin, other.latin);
    fill(&mut person.phone, other.phone);
    fill(&mut person.group, other.group);
    fill(&mut person.room, other.room);
    fill(&mut person.needs.medicine, other.needs.medicine);
    person.needs.medicine_days = person.needs.medicine_days.or(other.needs.medicine_days);
    person.needs.wheelchair |= other.needs.wheelchair;
    person.needs.pregnant |= other.needs.pregnant;
    person.needs.infant |= other.needs.infant;
}

fn fill(text: &mut String, other: String) {
    if text.is_empty() {
        *text = other;
    }
}

/// One of them as they are kept.
///
/// # Errors
/// The field that does not hold, by its pointer into the person.
pub fn tidied(mut person: Person, home: CountryCode) -> Result<Person, Failure> {
    person.name = tidy(&person.name);
    if !is_name(&person.name) {
        return Err(Failure::at(FailureCode::NoName, "/name"));
    }
    no_longer_than(MAX_NAME, &person.name, "/name")?;
    person.latin = latin(&person.latin)?;
    person.group = tidy(&person.group);
    no_longer_than(MAX_GROUP, &person.group, "/group")?;
    person.room = tidy(&person.room);
    no_longer_than(MAX_ROOM, &person.room, "/room")?;
    person.needs.medicine = tidy(&person.needs.medicine);
    no_longer_than(MAX_MEDICINE, &person.needs.medicine, "/needs/medicine")?;
    person.needs.medicine_days = person.needs.medicine_days.map(|days| days.min(MAX_DAYS));
    person.phone = phone(&person.phone, home)?;
    Ok(person)
}

/// Signs without a letter are what a spoilt file has left of a name, and many digits are a passport's number.
fn is_name(text: &str) -> bool {
    let is_number = |word: &str| word.chars().filter(char::is_ascii_digit).count() > MOST_DIGITS;
    text.chars().any(char::is_alphabetic) && !text.split(' ').any(is_number)
}

/// A name as a machine reads it in a passport, where one was written.
pub fn latin(text: &str) -> Result<String, Failure> {
    const FIELD: &str = "/latin";
    let text = tidy(text);
    let is_latin = |letter: char| letter.is_ascii_alphabetic() || matches!(letter, ' ' | '-' | '\'' | '.');
    if !text.chars().all(is_latin) {
        return Err(Failure::at(FailureCode::NotLatin, FIELD));
    }
    no_longer_than(MAX_LATIN, &text, FIELD)?;
    Ok(text)
}

/// A number without its plus, as tables keep it, is one all the same.
fn phone(text: &str, home: CountryCode) -> Result<String, Failure> {
    const FIELD: &str = "/phone";
    let text = tidy(text);
    trips::phone(&text, home, FIELD).or_else(|failure| {
        let is_bare = text.chars().all(|letter| letter.is_ascii_digit() || " ()-".contains(letter));
        if is_bare { trips::phone(&format!("+{text}"), home, FIELD) } else { Err(failure) }
    })
}

/// On one line with single spaces, and with nothing that turns the direction of what stands beside it.
pub fn tidy(text: &str) -> String {
    let turns = |letter: &char| matches!(letter, '\u{ad}' | '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}');
    let spaced = text.chars().filter(|letter| !turns(letter));
    let plain: String = spaced.map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whoever has no number, or another's, gets the next one after `last`. Gives the last one then.
fn number(people: &mut [Person], last: u16) -> u16 {
    let mut last = people.iter().map(|person| person.number).fold(last, u16::max);
    let mut seen = BTreeSet::from([0]);
    for person in people {
        if !seen.insert(person.number) {
            // 65535 people were never on one list
            last = last.saturating_add(1);
            person.number = last;
            seen.insert(last);
        }
    }
    last
}
