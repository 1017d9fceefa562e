//! The log of an incident: what was decided, by whom and why, only ever added to. One is open at a time; a closed one is read,
//! and opens again with a reason.

use jiff::Timestamp;
use rusqlite::params;
use serde::{Deserialize, Serialize};

use super::{
    CaseworkError, Change, Reading, Result, acts::checked, at, next_id, of_word, officers::Badge, stamp, word,
};
use crate::officers::roles::Right;

/// What a line says. A word never changes its meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Entered {
    Opened,
    Decided,
    Noted,
    Closed,
    Reopened,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct LogLine {
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    pub what: Entered,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub officer: Option<Badge>,
    /// The incident's name where it opened; a decision, a note.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub text: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

/// An incident with all its lines, the oldest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Incident {
    pub number: u32,
    pub lines: Vec<LogLine>,
}

impl Incident {
    fn first(&self) -> Option<&LogLine> {
        self.lines.first()
    }

    pub fn name(&self) -> &str {
        self.first().map_or("", |line| &line.text)
    }

    /// By whom, and when.
    pub fn opening(&self) -> Option<(&Badge, Timestamp)> {
        self.first().and_then(|line| Some((line.officer.as_ref()?, line.at)))
    }

    pub fn is_open(&self) -> bool {
        let last = self.lines.iter().rfind(|line| matches!(line.what, Entered::Closed | Entered::Reopened));
        last.is_none_or(|line| line.what == Entered::Reopened)
    }

    pub fn last_at(&self) -> Option<Timestamp> {
        self.lines.last().map(|line| line.at)
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize, utoipa::ToSchema)]
#[serde(tag = "act", rename_all = "snake_case")]
pub enum Entry {
    Open { name: String, reason: String },
    Decide { text: String, reason: String },
    Note { text: String },
    Close { reason: String },
    Reopen { incident: u32, reason: String },
}

impl Entry {
    pub fn right(&self) -> Right {
        match self {
            Self::Open { .. } | Self::Decide { .. } | Self::Close { .. } | Self::Reopen { .. } => Right::Decide,
            Self::Note { .. } => Right::Answer,
        }
    }

    /// The word for it in the audit file.
    pub fn deed(&self) -> &'static str {
        match self {
            Self::Open { .. } => "incident_opened",
            Self::Decide { .. } => "incident_decided",
            Self::Note { .. } => "incident_noted",
            Self::Close { .. } => "incident_closed",
            Self::Reopen { .. } => "incident_reopened",
        }
    }
}

impl Change<'_> {
    /// Adds a line, and answers the incident as it is then.
    ///
    /// # Errors
    /// It says nothing or gives no reason, or no incident is open for it, or another one is.
    pub fn enter(&mut self, entry: &Entry, officer: &Badge, now: Timestamp) -> Result<Incident> {
        let all = self.reading().incidents()?;
        let open = all.iter().find(|incident| incident.is_open()).map(|incident| incident.number);
        let (incident, what, text, reason) = match entry {
            Entry::Open { name, reason } => {
                let next = all.iter().map(|incident| incident.number).max().unwrap_or(0) + 1;
                (none_is(open, next)?, Entered::Opened, checked(name, "/name")?, checked(reason, "/reason")?)
            }
            Entry::Decide { text, reason } => {
                (is(open)?, Entered::Decided, checked(text, "/text")?, checked(reason, "/reason")?)
            }
            Entry::Note { text } => (is(open)?, Entered::Noted, checked(text, "/text")?, ""),
            Entry::Close { reason } => (is(open)?, Entered::Closed, "", checked(reason, "/reason")?),
            Entry::Reopen { incident, reason } => {
                if !all.iter().any(|one| one.number == *incident) {
                    return Err(CaseworkError::NotFound);
                }
                (none_is(open, *incident)?, Entered::Reopened, "", checked(reason, "/reason")?)
            }
        };
        let id = next_id(&self.transaction, "incident_log")?;
        let row = id.to_string();
        let text = self.key.close(["incident_log", "text", &row], text.as_bytes(), self.rng)?;
        let reason = self.key.close(["incident_log", "reason", &row], reason.as_bytes(), self.rng)?;
        self.transaction.execute(
            "INSERT INTO incident_log (id, incident, at_us, officer, what, text, reason) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            params![id, incident, stamp(now), officer.id, word(&what)?, text, reason],
        )?;
        self.reading().incident(incident)
    }
}

fn is(open: Option<u32>) -> Result<u32> {
    open.ok_or(CaseworkError::NotPossible("no incident is open"))
}

fn none_is(open: Option<u32>, number: u32) -> Result<u32> {
    if open.is_some() { Err(CaseworkError::NotPossible("an incident is open: close it first")) } else { Ok(number) }
}

impl Reading<'_> {
    /// Every incident, the newest first.
    ///
    /// # Errors
    /// One cannot be read.
    pub fn incidents(&self) -> Result<Vec<Incident>> {
        let officers = self.officers()?;
        let sql =
            "SELECT id, incident, at_us, officer, what, text, reason FROM incident_log ORDER BY incident DESC, id";
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query([])?;
        let mut incidents: Vec<Incident> = Vec::new();
        while let Some(row) = rows.next()? {
            let (id, number): (i64, u32) = (row.get(0)?, row.get(1)?);
            let read = |column: &'static str| self.text(["incident_log", column, &id.to_string()], row.get(column)?);
            let line = LogLine {
                at: at(row.get(2)?)?,
                what: of_word(row.get(4)?)?,
                officer: officers.badge(row.get(3)?),
                text: read("text")?.unwrap_or_default(),
                reason: read("reason")?.unwrap_or_default(),
            };
            match incidents.last_mut().filter(|incident| incident.number == number) {
                Some(incident) => incident.lines.push(line),
                None => incidents.push(Incident { number, lines: vec![line] }),
            }
        }
        Ok(incidents)
    }

    /// # Errors
    /// There is none, or it cannot be read.
    pub fn incident(&self, number: u32) -> Result<Incident> {
        self.incidents()?.into_iter().find(|incident| incident.number == number).ok_or(CaseworkError::NotFound)
    }
}
