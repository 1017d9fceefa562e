//! A case as a list shows it.

use std::collections::HashMap;

use contract::{
    ids::{DeviceId, TripId},
    place::{AirportCode, CountryCode},
    record::{CaseKind, GivenBy, Rank},
};
use jiff::Timestamp;
use rusqlite::{OptionalExtension, Row as SqlRow};
use serde::{Deserialize, Serialize};

use super::{
    CaseworkError, Reading, Result,
    acts::{LastWord, Outcome},
    at, at_some,
    facts::Facts,
    intake::BY_VOICE,
    moving, of_word,
    officers::{Badge, Officers},
    ranks::{self, Because},
};
use crate::desk::alike::Description;

/// How many letters of somebody's words a list shows.
const WORDS: usize = 140;

/// By what way a case came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CameBy {
    CheckIn,
    Call,
    Message,
    /// An officer took down what somebody said.
    Intake,
    Sms,
}

/// How a place is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PlaceBy {
    /// They said so.
    OwnWord,
    /// By their plan.
    Trip,
}

/// What must be seen before one writes or calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Tag {
    /// Not even a letter, but when they said that it is safe.
    NoLetters,
    WriteOnly,
    Quiet,
    ChildAlone,
    /// It came by SMS, and nobody has proven that the phone it names wrote it.
    Unconfirmed,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Ranked {
    #[schema(value_type = String)]
    pub proposed: Rank,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub accepted: Option<Rank>,
    pub because: Because,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<Badge>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub at: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

impl Ranked {
    /// The one that holds: an officer's, else what is proposed.
    pub fn stands(&self) -> Rank {
        self.accepted.unwrap_or(self.proposed)
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct CasePlace {
    #[schema(value_type = String)]
    pub country: CountryCode,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub airport: Option<AirportCode>,
    pub by: PlaceBy,
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// As they wrote it: a street, a hotel.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub said: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Step {
    pub text: String,
    #[schema(value_type = String, format = DateTime)]
    pub due: Timestamp,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Promise {
    pub id: i64,
    pub what: String,
    #[schema(value_type = String, format = DateTime)]
    pub by: Timestamp,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub kept_at: Option<Timestamp>,
}

/// That they have said since that they are well.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Well {
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Row {
    pub number: u32,
    /// Grows with every change of the case.
    pub version: u32,
    #[schema(value_type = String)]
    pub kind: CaseKind,
    pub rank: Ranked,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub people: Option<u32>,
    pub tags: Vec<Tag>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<CasePlace>,
    /// When it is safe to write, in their words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub safe_when: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
    #[schema(value_type = String)]
    pub word_by: WordBy,
    /// When it was said first.
    #[schema(value_type = String, format = DateTime)]
    pub since: Timestamp,
    #[schema(value_type = String, format = DateTime)]
    pub said_at: Timestamp,
    #[schema(value_type = String, format = DateTime)]
    pub arrived_at: Timestamp,
    pub by: CameBy,
    /// How many more times it was said.
    pub again: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub well: Option<Well>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub step: Option<Step>,
    /// The next that is not kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub promise: Option<Promise>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner: Option<Badge>,
    /// It stays with its owner until this officer accepts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub handed_to: Option<Badge>,
    /// When the first of its clocks runs out.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub late_at: Option<Timestamp>,
    /// Who has it open now.
    pub open_by: Vec<Badge>,
    /// How many of their messages nobody has answered.
    pub unread: u32,
    /// It is the person who has to answer.
    pub waiting: bool,
    /// They said that the rank is wrong, and nobody has answered.
    pub objection: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub closed_at: Option<Timestamp>,
    /// The cases that are one with it, and for which it speaks.
    pub joined: Vec<u32>,
    /// The one that speaks for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub joined_to: Option<u32>,
    /// It came from a phone, or its person's phone was found; what an SMS names is nobody's until it is proven.
    pub has_phone: bool,
    /// Another phone leads its trip, and no officer has said whose that is.
    pub moved: bool,
    /// When they said so last.
    #[serde(skip)]
    pub objected_at: Option<Timestamp>,
    /// A word of theirs stands behind it, or behind one that is joined to it, and not what was told by voice alone.
    #[serde(skip)]
    pub has_own_voice: bool,
    /// How it ended: lists of those that are closed say it.
    #[serde(skip)]
    pub outcome: Option<Outcome>,
    /// Nothing stands behind it but the cry of a new device.
    #[serde(skip)]
    pub bare: bool,
    /// From which network that came.
    #[serde(skip)]
    pub network: Option<String>,
    /// Of which trip it is; none where it is of a place.
    #[serde(skip)]
    pub trip: Option<TripId>,
    /// Of whom it is; never shown.
    #[serde(skip)]
    pub device: DeviceId,
}

impl Row {
    /// It came by SMS, and is not proven to be its device's.
    pub fn is_unconfirmed(&self) -> bool {
        self.tags.contains(&Tag::Unconfirmed)
    }
}

/// Of whom a case is, and as of when that was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Known {
    pub version: u32,
    pub device: DeviceId,
    pub trip: Option<TripId>,
    pub is_open: bool,
}

/// Whose word it is: the person's own outranks the others, which stand beside it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum WordBy {
    Traveller,
    /// Somebody of the party, or who acts for them.
    #[serde(alias = "(other)")]
    Proxy,
    Relative,
    Airline,
    Officer,
    #[default]
    Unknown,
}

impl From<GivenBy> for WordBy {
    fn from(by: GivenBy) -> Self {
        match by {
            GivenBy::Traveller => Self::Traveller,
            GivenBy::Proxy | GivenBy::Other => Self::Proxy,
        }
    }
}

const COLUMNS: &str = "number, version, device, whose, kind, proposed, because, accepted, ranked_by, ranked_us, rank_reason, \
    owner, handed_to, step, step_due_us, private, people, country, airport, place_by, came_by, since_us, said_us, \
    arrived_us, again, well_us, unread, waiting, objection, closed_us, outcome, bare, network, EXISTS (SELECT 1 FROM moves WHERE \
    moves.device = cases.device AND confirmed_us IS NULL AND whose LIKE '____ ' || trip || '%') AS moved, \
    CASE WHEN objection THEN (SELECT max(at_us) FROM events WHERE events.number = cases.number AND what = 'objected') END \
    AS objected_us";

impl Reading<'_> {
    /// The open cases, in no order, each with those that are joined to it.
    ///
    /// # Errors
    /// One cannot be read.
    pub fn open_cases(&self) -> Result<Vec<Row>> {
        self.absorbed(self.rows("closed_us IS NULL", &[])?)
    }

    /// One case, open or closed, without what is joined to it.
    ///
    /// # Errors
    /// There is none, or it cannot be read.
    pub fn case(&self, number: u32) -> Result<Row> {
        self.rows("number = ?1", &[&number])?.pop().ok_or(CaseworkError::NotFound)
    }

    /// The cases that were closed last.
    ///
    /// # Errors
    /// One cannot be read.
    pub fn closed_cases(&self) -> Result<Vec<Row>> {
        self.rows("closed_us IS NOT NULL ORDER BY closed_us DESC LIMIT 200", &[])
    }

    /// When the last case was closed.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn last_closed(&self) -> Result<Option<Timestamp>> {
        at_some(self.connection.query_row("SELECT max(closed_us) FROM cases", [], |row| row.get(0))?)
    }

    /// Who closed a case, and the person's own word, or why there is none.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn closing(&self, number: u32) -> Result<(Option<Badge>, Option<LastWord>)> {
        let sql = "SELECT closed_by, own_word FROM cases WHERE number = ?1";
        let (by, word): (Option<i64>, Option<Vec<u8>>) =
            self.connection.query_row(sql, [number], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let place = ["cases", "own_word", &number.to_string()];
        let word = word.map(|closed| self.key.open_json(place, &closed)).transpose()?;
        let officers = self.officers()?;
        Ok((by.and_then(|id| officers.badge(id)), word))
    }

    /// What a list shows of a case, and its rank rests on; none where its person was erased.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn facts(&self, number: u32) -> Result<Option<Facts>> {
        let sql = "SELECT private FROM cases WHERE number = ?1";
        let closed: Option<Option<Vec<u8>>> = self.connection.query_row(sql, [number], |row| row.get(0)).optional()?;
        let closed = closed.ok_or(CaseworkError::NotFound)?;
        closed.map(|closed| self.key.open_json(["cases", "private", &number.to_string()], &closed)).transpose()
    }

    /// How the person of a case is described; of an erased one, nothing.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn description(&self, number: u32) -> Result<Description> {
        Ok(self.facts(number)?.unwrap_or_default().description())
    }

    /// Each case whose person was not erased.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn known_cases(&self) -> Result<HashMap<u32, Known>> {
        let sql = "SELECT number, version, device, whose, closed_us IS NULL FROM cases WHERE erased_us IS NULL";
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query([])?;
        let mut known = HashMap::new();
        while let Some(row) = rows.next()? {
            let device = row.get::<_, String>(2)?.parse()?;
            let trip = moving::trip_of(&row.get::<_, String>(3)?);
            known.insert(row.get(0)?, Known { version: row.get(1)?, device, trip, is_open: row.get(4)? });
        }
        Ok(known)
    }

    fn rows(&self, condition: &str, arguments: &[&dyn rusqlite::ToSql]) -> Result<Vec<Row>> {
        let officers = self.officers()?;
        let mut promises = self.next_promises(condition, arguments)?;
        let mut statement =
            self.connection.prepare_cached(&format!("SELECT {COLUMNS} FROM cases WHERE {condition}"))?;
        let mut rows = statement.query(arguments)?;
        let mut cases = Vec::new();
        while let Some(row) = rows.next()? {
            let mut case = self.row(row, &officers)?;
            case.promise = promises.remove(&case.number);
            case.late_at = late_at(&case);
            cases.push(case);
        }
        Ok(cases)
    }

    fn row(&self, row: &SqlRow<'_>, officers: &Officers) -> Result<Row> {
        let number: u32 = row.get("number")?;
        let id = number.to_string();
        let opened = |column: &'static str| self.text(["cases", column, &id], row.get(column)?);
        let because: Option<Vec<u8>> = row.get("because")?;
        let because = because.map(|closed| self.key.open_json(["cases", "because", &id], &closed)).transpose()?;
        let private: Option<Vec<u8>> = row.get("private")?;
        let facts = private.map(|closed| self.key.open_json::<Facts>(["cases", "private", &id], &closed));
        let facts = facts.transpose()?.unwrap_or_default();
        let badge = |column: &'static str| -> Result<Option<Badge>> {
            Ok(row.get::<_, Option<i64>>(column)?.and_then(|id| officers.badge(id)))
        };
        let due = at_some(row.get("step_due_us")?)?;
        let by: CameBy = of_word(row.get("came_by")?)?;
        Ok(Row {
            number,
            version: row.get("version")?,
            kind: of_word(row.get("kind")?)?,
            rank: Ranked {
                proposed: of_word(row.get("proposed")?)?,
                accepted: row.get::<_, Option<String>>("accepted")?.map(of_word).transpose()?,
                because: because.unwrap_or_else(ranks::unknown),
                by: badge("ranked_by")?,
                at: at_some(row.get("ranked_us")?)?,
                reason: opened("rank_reason")?,
            },
            name: said(&facts.name),
            people: row.get("people")?,
            tags: tags(&facts),
            place: place(row, &facts)?,
            safe_when: said(&facts.safe_when),
            words: Some(facts.words.chars().take(WORDS).collect()).filter(|words: &String| !words.is_empty()),
            word_by: facts.word_by.unwrap_or_default(),
            since: at(row.get("since_us")?)?,
            said_at: at(row.get("said_us")?)?,
            arrived_at: at(row.get("arrived_us")?)?,
            by,
            again: row.get("again")?,
            well: at_some(row.get("well_us")?)?.map(|at| Well { at }),
            step: opened("step")?.zip(due).map(|(text, due)| Step { text, due }),
            promise: None,
            owner: badge("owner")?,
            handed_to: badge("handed_to")?,
            late_at: None,
            open_by: Vec::new(),
            unread: row.get("unread")?,
            waiting: row.get("waiting")?,
            objection: row.get("objection")?,
            objected_at: at_some(row.get("objected_us")?)?,
            has_own_voice: by != CameBy::Intake,
            closed_at: at_some(row.get("closed_us")?)?,
            joined: Vec::new(),
            joined_to: None,
            has_phone: row.get::<_, String>("whose")? != BY_VOICE && !facts.unconfirmed,
            outcome: row.get::<_, Option<String>>("outcome")?.map(outcome).transpose()?,
            moved: row.get("moved")?,
            trip: moving::trip_of(&row.get::<_, String>("whose")?),
            bare: row.get("bare")?,
            network: row.get("network")?,
            device: row.get::<_, String>("device")?.parse()?,
        })
    }

    /// Of each of these cases the next promise that is not kept.
    fn next_promises(&self, condition: &str, arguments: &[&dyn rusqlite::ToSql]) -> Result<HashMap<u32, Promise>> {
        let of_these = format!("kept_us IS NULL AND number IN (SELECT number FROM cases WHERE {condition})");
        let mut next = HashMap::new();
        for (number, promise) in self.promises(&of_these, arguments)? {
            next.entry(number).or_insert(promise);
        }
        Ok(next)
    }

    /// Every promise of a case, by their times.
    ///
    /// # Errors
    /// One cannot be read.
    pub fn promises_of(&self, number: u32) -> Result<Vec<Promise>> {
        Ok(self.promises("number = ?1", &[&number])?.into_iter().map(|(_, promise)| promise).collect())
    }

    fn promises(&self, condition: &str, arguments: &[&dyn rusqlite::ToSql]) -> Result<Vec<(u32, Promise)>> {
        let sql = format!("SELECT id, number, what, by_us, kept_us FROM promises WHERE {condition} ORDER BY by_us, id");
        let mut statement = self.connection.prepare_cached(&sql)?;
        let mut rows = statement.query(arguments)?;
        let mut promises = Vec::new();
        while let Some(row) = rows.next()? {
            let id: i64 = row.get(0)?;
            let what = self.text(["promises", "what", &id.to_string()], row.get(2)?)?.unwrap_or_default();
            let (by, kept_at) = (at(row.get(3)?)?, at_some(row.get(4)?)?);
            promises.push((row.get(1)?, Promise { id, what, by, kept_at }));
        }
        Ok(promises)
    }
}

fn outcome(word: String) -> Result<Outcome> {
    // written by the desk, and never asked for
    if word == "erased" { Ok(Outcome::Erased) } else { of_word(word) }
}

/// Nothing where nothing was said.
fn said(text: &str) -> Option<String> {
    Some(text.to_owned()).filter(|text| !text.is_empty())
}

fn place(row: &SqlRow<'_>, facts: &Facts) -> Result<Option<CasePlace>> {
    let Some(country) = row.get::<_, Option<String>>("country")? else { return Ok(None) };
    // a code that the atlas of today does not have is no place
    let Ok(country) = country.parse() else { return Ok(None) };
    let airport = row.get::<_, Option<String>>("airport")?.and_then(|code| code.parse().ok());
    let by = row.get::<_, Option<String>>("place_by")?.map(of_word).transpose()?.unwrap_or(PlaceBy::OwnWord);
    Ok(Some(CasePlace { country, airport, by, at: at(row.get("said_us")?)?, said: said(&facts.place) }))
}

fn tags(facts: &Facts) -> Vec<Tag> {
    let all = [
        (facts.no_letters, Tag::NoLetters),
        (facts.write_only, Tag::WriteOnly),
        (facts.is_quiet(), Tag::Quiet),
        (facts.has_children_alone(), Tag::ChildAlone),
        (facts.unconfirmed, Tag::Unconfirmed),
    ];
    all.into_iter().filter(|(holds, _)| *holds).map(|(_, tag)| tag).collect()
}

/// The first of its clocks: the step, the promise, or that nobody has taken it.
pub(super) fn late_at(case: &Row) -> Option<Timestamp> {
    if case.closed_at.is_some() {
        return None;
    }
    let untaken = if case.owner.is_none() {
        case.arrived_at.checked_add(ranks::to_be_taken_within(case.rank.stands())).ok()
    } else {
        None
    };
    let step = case.step.as_ref().map(|step| step.due);
    let promise = case.promise.as_ref().map(|promise| promise.by);
    untaken.into_iter().chain(step).chain(promise).min()
}
