//! The line of time of a case: what was said and done about it, only ever added to.

use contract::record::{Kind, PeopleByStatus, Rank};
use jiff::Timestamp;
use rusqlite::params;
use serde::{Deserialize, Serialize};

use super::{Change, Reading, Result, at, cases::WordBy, next_id, of_word, officers::Badge, stamp, word};

/// What happened. A word never changes its meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum What {
    OpenedByCry,
    SaidAgain,
    SaidWell,
    /// What was said is no longer in the register.
    CryGone,
    /// They had said that they are well, and that word is no longer there: the cry stands again.
    CryBack,
    Taken,
    Released,
    Handed,
    Accepted,
    Step,
    StepDone,
    Promised,
    Kept,
    Ranked,
    Kind,
    Noted,
    Closed,
    Reopened,
    Read,
    Wrote,
    TheyWrote,
    Objected,
    AsksToClose,
    /// Another phone leads its trip now: no case goes to it yet.
    Moved,
    /// An officer said that it is the same person's.
    MoveConfirmed,
    Erased,
    /// By an officer, from what a caller said.
    TakenDown,
    /// A call-taker asked whether somebody is known, and this case is probably theirs.
    LookedUp,
    /// Another case is one with it.
    Joined,
    Parted,
    /// The person of a call was found in the register; or it was another one after all.
    Tied,
    Untied,
    /// They said that somebody is beside them, or that nobody shall write: what waited for their phone does not go.
    LettersHeldBack,
    /// The person was asked whether those at home may be told that they are well.
    AskedForSign,
    GaveSign,
    RefusedSign,
    /// It was closed so long ago that nothing of its person is kept.
    KeptLongEnough,
}

/// What an event says besides that it happened. It stands closed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct EventWord {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// What the person said, or somebody for them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub word: Option<Word>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rank: Option<Rank>,
    /// To whom it was handed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// The record that says it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<SourceName>,
    /// The other case.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub case: Option<u32>,
}

/// A word as it was said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Word {
    /// How many are how, where that was said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<PeopleByStatus>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub words: String,
    pub by: WordBy,
}

/// A record of the register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceName {
    pub kind: Kind,
    pub id: String,
}

impl EventWord {
    pub fn text(text: &str) -> Self {
        Self { text: Some(text.to_owned()).filter(|text| !text.is_empty()), ..Self::default() }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Event {
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    pub what: What,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub officer: Option<Badge>,
    #[serde(flatten)]
    #[schema(value_type = Object)]
    pub word: EventWord,
}

impl Change<'_> {
    /// Adds an event to a case.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn tell(
        &mut self,
        number: u32,
        now: Timestamp,
        what: What,
        officer: Option<i64>,
        said: &EventWord,
    ) -> Result<()> {
        let id = next_id(&self.transaction, "events")?;
        let private = if *said == EventWord::default() {
            None
        } else {
            Some(self.key.close_json(["events", "private", &id.to_string()], said, self.rng)?)
        };
        self.transaction
            .prepare_cached(
                "INSERT INTO events (id, number, at_us, what, officer, private) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?
            .execute(params![id, number, stamp(now), word(&what)?, officer, private])?;
        Ok(())
    }
}

impl Reading<'_> {
    /// The events of a case, the oldest first.
    ///
    /// # Errors
    /// One cannot be read.
    pub fn events(&self, number: u32) -> Result<Vec<Event>> {
        let officers = self.officers()?;
        let sql = "SELECT id, at_us, what, officer, private FROM events WHERE number = ?1 ORDER BY id";
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query([number])?;
        let mut events = Vec::new();
        while let Some(row) = rows.next()? {
            let id: i64 = row.get(0)?;
            let private: Option<Vec<u8>> = row.get(4)?;
            let place = ["events", "private", &id.to_string()];
            events.push(Event {
                at: at(row.get(1)?)?,
                what: of_word(row.get(2)?)?,
                officer: row.get::<_, Option<i64>>(3)?.and_then(|id| officers.badge(id)),
                word: private.map(|closed| self.key.open_json(place, &closed)).transpose()?.unwrap_or_default(),
            });
        }
        Ok(events)
    }
}
