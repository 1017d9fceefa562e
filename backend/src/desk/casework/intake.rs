//! What is taken down while somebody talks, and the case that is made of it. It is written here, at the desk: a front
//! that is away holds up nobody who calls.

use std::collections::BTreeSet;

use contract::{
    ids::DeviceId,
    place::{AirportCode, CountryCode},
    record::{Need, Trip},
    words::Tag,
};
use jiff::{SignedDuration, Timestamp};
use rusqlite::{OptionalExtension, Row as SqlRow, params};
use serde::{Deserialize, Serialize};

use super::{
    CaseworkError, Change, Reading, Result,
    acts::checked,
    at,
    cases::{CameBy, PlaceBy, WordBy},
    facts::Facts,
    officers::{Badge, Officers},
    page::{EventWord, What, Word},
    ranks, stamp, word,
};
use crate::desk::{alike::Description, mirror::Held};

/// Of whom a case is that was told by voice, until its person is found: of nobody's phone.
pub const BY_VOICE: &str = "call";
/// How long an officer counts as writing after the last word.
const WRITING: SignedDuration = SignedDuration::from_secs(60);
/// How long a draft that became a case is remembered: a console that did not hear the answer asks again.
const REMEMBERED: SignedDuration = SignedDuration::from_hours(24);
/// The most people that one call speaks of.
const MOST_PEOPLE: u32 = 500;

/// What a caller says. Nothing has to be, but where or a number.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct Intake {
    /// Who is on the line: whose word it is.
    pub by: WordBy,
    pub caller_name: String,
    pub caller_number: String,
    /// Of the person it is about; who calls for themselves is that person.
    pub number: String,
    pub name: String,
    /// `YYYY-MM-DD`, or the year.
    pub birth_date: String,
    pub document: String,
    /// As they said it.
    pub place: String,
    #[schema(value_type = Option<String>)]
    pub country: Option<CountryCode>,
    #[schema(value_type = Option<String>)]
    pub airport: Option<AirportCode>,
    /// Nobody hears from the person.
    pub lost_touch: bool,
    #[schema(value_type = Vec<String>)]
    pub needs: BTreeSet<Need>,
    pub people: Option<u32>,
    pub medicine_days: Option<u16>,
    pub may_write: Option<bool>,
    pub may_call: Option<bool>,
    pub safe_when: String,
    #[schema(value_type = Option<String>)]
    pub language: Option<Tag>,
    pub text: String,
    /// Number and name were read back, and are right.
    pub read_back: bool,
}

impl Intake {
    /// Whether it can be a case: somebody can be found by it.
    ///
    /// # Errors
    /// The field that is missing, or too long.
    pub fn check(&self) -> Result<()> {
        let found_by = [&self.number, &self.caller_number, &self.place];
        let somewhere = self.country.is_some() || self.airport.is_some();
        if !somewhere && found_by.iter().all(|text| text.trim().is_empty()) {
            return Err(CaseworkError::Field { pointer: "/intake/number", reason: "a number, or where they are" });
        }
        if self.people.is_some_and(|people| people == 0 || people > MOST_PEOPLE) {
            return Err(CaseworkError::Field { pointer: "/intake/people", reason: "1 to 500 people" });
        }
        self.check_texts()
    }

    /// What a draft holds may lack anything, and be no book.
    ///
    /// # Errors
    /// The text that is too long, or that nobody can read.
    pub fn check_texts(&self) -> Result<()> {
        let short = [
            (&self.caller_name, "/intake/caller_name"),
            (&self.caller_number, "/intake/caller_number"),
            (&self.number, "/intake/number"),
            (&self.name, "/intake/name"),
            (&self.birth_date, "/intake/birth_date"),
            (&self.document, "/intake/document"),
            (&self.safe_when, "/intake/safe_when"),
        ];
        let is_line = |text: &str| text.chars().count() <= 200 && !text.chars().any(char::is_control);
        for (text, pointer) in short {
            if !is_line(text) {
                return Err(CaseworkError::Field { pointer, reason: "200 letters on one line at most" });
            }
        }
        for (text, pointer) in [(&self.place, "/intake/place"), (&self.text, "/intake/text")] {
            if !text.trim().is_empty() {
                checked(text, pointer)?;
            }
        }
        Ok(())
    }

    /// Of whom it speaks.
    pub fn description(&self) -> Description {
        let own = self.by == WordBy::Traveller;
        let number = if own && self.number.is_empty() { &self.caller_number } else { &self.number };
        let name = if own && self.name.is_empty() { &self.caller_name } else { &self.name };
        Description {
            number: number.clone(),
            name: name.clone(),
            birth_date: self.birth_date.clone(),
            document: self.document.clone(),
            kin: if own { String::new() } else { self.caller_number.clone() },
        }
    }

    fn facts(&self) -> Facts {
        let Description { number, name, birth_date, document, kin } = self.description();
        Facts {
            name,
            phone: number,
            birth_date,
            document,
            caller_name: if self.by == WordBy::Traveller { String::new() } else { self.caller_name.clone() },
            caller_phone: kin,
            read_back: self.read_back,
            lost_touch: self.lost_touch,
            // of the person nobody has said it
            language: self.language.clone().filter(|_| self.by == WordBy::Traveller),
            caller_language: self.language.clone(),
            words: self.text.clone(),
            word_by: Some(self.by),
            people: self.people,
            needs: self.needs.clone(),
            medicine_days: self.medicine_days,
            write_only: self.may_call == Some(false),
            no_letters: self.may_write == Some(false),
            safe_when: self.safe_when.clone(),
            place: self.place.clone(),
            ..Facts::default()
        }
    }
}

/// That somebody is taking a call down: who, and since when; not a word of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct DraftView {
    pub id: String,
    pub officer: Badge,
    #[schema(value_type = String, format = DateTime)]
    pub began_at: Timestamp,
    #[schema(value_type = String, format = DateTime)]
    pub changed_at: Timestamp,
    /// They wrote within the last minute.
    pub writing: bool,
}

/// A draft with what was taken down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Draft {
    #[serde(flatten)]
    pub view: DraftView,
    pub intake: Intake,
    pub counter: u32,
}

/// What a draft is saved as.
pub struct Saved<'a> {
    pub draft: &'a str,
    pub intake: &'a Intake,
    /// The trip of the person, with the phone that it is of, where an officer found them in the register.
    pub trip: Option<&'a Held<Trip>>,
}

const DRAFTS: &str = "SELECT id, officer, began_us, changed_us, private, counter FROM drafts";

impl Reading<'_> {
    /// Who takes a call down now, those who began first.
    ///
    /// # Errors
    /// They cannot be read.
    pub fn drafts(&self, now: Timestamp) -> Result<Vec<DraftView>> {
        let officers = self.officers()?;
        let sql = format!("{DRAFTS} WHERE number IS NULL ORDER BY began_us, id");
        let mut statement = self.connection.prepare_cached(&sql)?;
        let mut rows = statement.query([])?;
        let mut drafts = Vec::new();
        while let Some(row) = rows.next()? {
            drafts.extend(draft_view(row, &officers, now)?);
        }
        Ok(drafts)
    }

    /// What an officer is taking down.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn drafts_of(&self, officer: i64, now: Timestamp) -> Result<Vec<Draft>> {
        let ids: Vec<String> = {
            let sql = "SELECT id FROM drafts WHERE officer = ?1 AND number IS NULL ORDER BY began_us, id";
            let mut statement = self.connection.prepare_cached(sql)?;
            let rows = statement.query_map([officer], |row| row.get(0))?;
            rows.collect::<std::result::Result<_, _>>()?
        };
        ids.iter().map(|id| self.draft(id, now)).collect()
    }

    /// A draft that is no case yet.
    ///
    /// # Errors
    /// There is none.
    pub fn draft(&self, id: &str, now: Timestamp) -> Result<Draft> {
        let officers = self.officers()?;
        let sql = format!("{DRAFTS} WHERE id = ?1 AND number IS NULL");
        let mut statement = self.connection.prepare_cached(&sql)?;
        let mut rows = statement.query([id])?;
        let row = rows.next()?.ok_or(CaseworkError::NotFound)?;
        let closed: Vec<u8> = row.get(4)?;
        let view = draft_view(row, &officers, now)?.ok_or(CaseworkError::NotFound)?;
        let counter = row.get(5)?;
        Ok(Draft { view, counter, intake: self.key.open_json(["drafts", "private", id], &closed)? })
    }

    /// Which case a draft became.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn case_of_draft(&self, id: &str) -> Result<Option<u32>> {
        let sql = "SELECT number FROM drafts WHERE id = ?1 AND number IS NOT NULL";
        Ok(self.connection.prepare_cached(sql)?.query_row([id], |row| row.get(0)).optional()?)
    }
}

fn draft_view(row: &SqlRow<'_>, officers: &Officers, now: Timestamp) -> Result<Option<DraftView>> {
    let changed_at = at(row.get(3)?)?;
    let Some(officer) = officers.badge(row.get(1)?) else { return Ok(None) };
    let writing = now.duration_since(changed_at) < WRITING;
    Ok(Some(DraftView { id: row.get(0)?, officer, began_at: at(row.get(2)?)?, changed_at, writing }))
}

impl Change<'_> {
    /// Keeps what was taken down so far, unless something newer stands there; without a counter it is the newest. Whether it is the first word of it is answered.
    ///
    /// # Errors
    /// Another officer took it over, or it is a case already.
    pub fn keep_draft(
        &mut self,
        id: &str,
        intake: &Intake,
        counter: Option<u32>,
        officer: &Badge,
        now: Timestamp,
    ) -> Result<bool> {
        check_id(id, "/draft")?;
        intake.check_texts()?;
        let held: Option<(i64, Option<u32>)> = self.held_draft(id)?;
        match held {
            Some((_, Some(_))) => return Err(CaseworkError::Closed),
            Some((holder, None)) if holder != officer.id => return Err(CaseworkError::Taken),
            Some((_, None)) | None => {}
        }
        let private = self.key.close_json(["drafts", "private", id], intake, self.rng)?;
        self.transaction.execute(
            "INSERT INTO drafts (id, officer, began_us, changed_us, private, counter) \
             VALUES (?1, ?2, ?3, ?3, ?4, coalesce(?5, 0)) ON CONFLICT (id) DO UPDATE \
             SET changed_us = excluded.changed_us, private = excluded.private, counter = coalesce(?5, counter) \
             WHERE ?5 IS NULL OR ?5 > counter",
            params![id, officer.id, stamp(now), private, counter],
        )?;
        Ok(held.is_none())
    }

    fn held_draft(&self, id: &str) -> Result<Option<(i64, Option<u32>)>> {
        let sql = "SELECT officer, number FROM drafts WHERE id = ?1";
        let read = |row: &SqlRow<'_>| Ok((row.get(0)?, row.get(1)?));
        Ok(self.transaction.prepare_cached(sql)?.query_row([id], read).optional()?)
    }

    /// An officer goes on with a draft of another: who had it cannot write into it any more.
    ///
    /// # Errors
    /// There is none.
    pub fn take_draft(&mut self, id: &str, officer: &Badge, now: Timestamp) -> Result<Draft> {
        self.reading().draft(id, now)?;
        self.transaction.execute("UPDATE drafts SET officer = ?2 WHERE id = ?1", params![id, officer.id])?;
        self.reading().draft(id, now)
    }

    /// Nobody needs what was taken down.
    ///
    /// # Errors
    /// There is none, or another officer has it.
    pub fn give_up_draft(&mut self, id: &str, officer: &Badge, now: Timestamp) -> Result<()> {
        if self.reading().draft(id, now)?.view.officer.id != officer.id {
            return Err(CaseworkError::Taken);
        }
        self.transaction.execute("DELETE FROM drafts WHERE id = ?1", [id])?;
        Ok(())
    }

    /// Makes a case of what was taken down; what is saved again under the same draft is the same case, and where it says
    /// something else that is added. Whether anything was taken down is answered.
    ///
    /// # Errors
    /// Nobody can be found by it, or another officer took the draft over.
    pub fn take_down(&mut self, saved: &Saved<'_>, officer: &Badge, now: Timestamp) -> Result<(u32, bool)> {
        if let Some(number) = self.reading().case_of_draft(saved.draft)? {
            return Ok((number, self.say_more(number, saved, officer, now)?));
        }
        saved.intake.check()?;
        self.keep_draft(saved.draft, saved.intake, None, officer, now)?;
        let kind = ranks::kind_of(&saved.intake.facts());
        let nobodys = DeviceId::random(self.rng);
        let number = self.insert_case(nobodys, BY_VOICE, CameBy::Intake, (now, now, now))?;
        self.transaction.execute(
            // nothing in the register says it: nothing there takes it back
            "UPDATE cases SET kind = ?2, cries = 0 WHERE number = ?1",
            params![number, word(&kind)?],
        )?;
        if let Some(trip) = saved.trip {
            self.tie_to(number, trip)?;
        }
        self.write_down(number, saved.intake, officer, now)?;
        self.transaction.execute(
            "UPDATE drafts SET number = ?2, changed_us = ?3 WHERE id = ?1",
            params![saved.draft, number, stamp(now)],
        )?;
        self.transaction
            .execute("DELETE FROM drafts WHERE number IS NOT NULL AND changed_us < ?1", [stamp(now - REMEMBERED)])?;
        Ok((number, true))
    }

    /// Adds to the case of a draft what its officer corrected; nothing where it says the same.
    fn say_more(&mut self, number: u32, saved: &Saved<'_>, officer: &Badge, now: Timestamp) -> Result<bool> {
        let sql = "SELECT officer, private FROM drafts WHERE id = ?1";
        let (holder, closed): (i64, Option<Vec<u8>>) =
            self.transaction.query_row(sql, [saved.draft], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let place = ["drafts", "private", saved.draft];
        let before: Option<Intake> = closed.map(|closed| self.key.open_json(place, &closed)).transpose()?;
        if before.as_ref() == Some(saved.intake) {
            return Ok(false);
        }
        if holder != officer.id {
            return Err(CaseworkError::Taken);
        }
        let case = self.reading().case(number)?;
        if case.closed_at.is_some() {
            return Err(CaseworkError::Closed);
        }
        // it was passed on: who has it hears of what is new, and writes it down
        if case.owner.is_some_and(|owner| owner.id != officer.id) {
            return Err(CaseworkError::Taken);
        }
        saved.intake.check()?;
        self.write_down(number, saved.intake, officer, now)?;
        self.transaction.execute(
            "UPDATE cases SET version = version + 1, said_us = ?2 WHERE number = ?1",
            params![number, stamp(now)],
        )?;
        let private = self.key.close_json(place, saved.intake, self.rng)?;
        self.transaction.execute("UPDATE drafts SET private = ?2 WHERE id = ?1", params![saved.draft, private])?;
        Ok(true)
    }

    /// The person of a call was found in the register: what is written goes to their phone. With no trip it was somebody
    /// else, and the call is of nobody's phone again. What the phone before had written is to be heard again.
    ///
    /// # Errors
    /// The case changed since, is closed, or was not told by voice.
    pub fn tie(
        &mut self,
        number: u32,
        version: u32,
        trip: Option<&Held<Trip>>,
        officer: &Badge,
        now: Timestamp,
    ) -> Result<()> {
        let case = self.reading().whole_case(number)?;
        if case.version != version {
            return Err(CaseworkError::Changed);
        }
        if case.closed_at.is_some() {
            return Err(CaseworkError::Closed);
        }
        if case.by != CameBy::Intake || !case.joined.is_empty() || case.joined_to.is_some() {
            return Err(CaseworkError::NotPossible("only a call that is joined to nothing"));
        }
        // another person's yes is nobody's: that it was said stays in the line of time
        self.transaction.execute("DELETE FROM signs WHERE number = ?1", [number])?;
        if trip.is_none_or(|trip| trip.device != case.device) {
            self.leave_to_the_phone(number)?;
        }
        let what = match trip {
            Some(trip) => {
                self.tie_to(number, trip)?;
                What::Tied
            }
            None => {
                let nobodys = DeviceId::random(self.rng).to_string();
                let sql = "UPDATE cases SET device = ?2, whose = ?3 WHERE number = ?1";
                self.transaction.execute(sql, params![number, nobodys, BY_VOICE])?;
                What::Untied
            }
        };
        self.transaction.execute("UPDATE cases SET version = version + 1 WHERE number = ?1", [number])?;
        self.tell(number, now, what, Some(officer.id), &EventWord::default())
    }

    /// Its phone was somebody else's: what is sealed to it does not go, and what was written on it is heard anew, in a case of
    /// that phone.
    fn leave_to_the_phone(&mut self, number: u32) -> Result<()> {
        self.withdraw_letters(number)?;
        for sql in [
            "DELETE FROM messages WHERE number = ?1 AND state IS NULL",
            "UPDATE events SET private = NULL WHERE number = ?1 AND what IN ('they_wrote', 'objected', 'asks_to_close')",
            "UPDATE cases SET unread = 0, waiting = 0, objection = 0 WHERE number = ?1",
        ] {
            self.transaction.execute(sql, [number])?;
        }
        Ok(())
    }

    /// It goes where the trip goes: to the phone that an officer says is theirs, and away with it.
    fn tie_to(&self, number: u32, trip: &Held<Trip>) -> Result<()> {
        self.transaction.execute(
            "UPDATE cases SET device = ?2, whose = ?3 WHERE number = ?1",
            params![number, trip.device.to_string(), format!("{BY_VOICE} {} {number}", trip.id)],
        )?;
        Ok(())
    }

    /// All that a caller said, in place of what was said before: that was perhaps somebody else.
    fn write_down(&mut self, number: u32, intake: &Intake, officer: &Badge, now: Timestamp) -> Result<()> {
        let of_airport = intake.airport.and_then(atlas::airport).map(|airport| airport.country);
        let country = intake.country.or(of_airport).map(|code| code.to_string());
        let airport = intake.airport.map(|code| code.to_string());
        let by = country.is_some().then(|| word(&PlaceBy::OwnWord)).transpose()?;
        self.transaction.execute(
            "UPDATE cases SET country = ?2, airport = ?3, place_by = ?4, people = ?5 WHERE number = ?1",
            params![number, country, airport, by, intake.people],
        )?;
        let facts = intake.facts();
        self.learn(number, &facts, &ranks::propose(&facts), now)?;
        let said = Word { status: None, words: facts.words, by: intake.by };
        let event = EventWord { word: Some(said), ..EventWord::default() };
        self.tell(number, now, What::TakenDown, Some(officer.id), &event)
    }
}

/// An id as a console makes it.
pub(super) fn check_id(id: &str, pointer: &'static str) -> Result<()> {
    let fits = (16..=64).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    if fits { Ok(()) } else { Err(CaseworkError::Field { pointer, reason: "16 to 64 letters, figures, -" }) }
}
