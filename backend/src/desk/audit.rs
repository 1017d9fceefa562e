//! `DIR/desk/audit`: who opened what a traveller sealed, and why, and what officers did. Each line carries the hash of the
//! line before, so that none can be changed or taken out and the rest still follow.

use std::{io, path::Path};

use contract::{hash::Hash, ids::DeviceId, record::Kind};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{
    lines::{self, Lines},
    opening::Opened,
};

#[derive(Debug, thiserror::Error)]
pub enum AuditError {
    #[error("the audit file cannot be read or written")]
    Io(#[from] io::Error),
    #[error("the audit line cannot be written")]
    Line(#[source] serde_json::Error),
    /// Its number, from 1.
    #[error("line {0} of the audit file does not follow the line before: one of the two is not what was written")]
    Broken(usize),
}

/// What a line says.
#[derive(Debug, Serialize)]
pub struct Opening<'a> {
    pub at: Timestamp,
    /// The system's name of whoever ran the command.
    pub account: &'a str,
    pub why: &'a str,
    /// What was asked for.
    pub kind: Kind,
    pub id: &'a str,
    pub device: DeviceId,
    /// The records that were opened for it.
    pub opened: Vec<&'a str>,
}

/// What was done at the desk: a line without a word of what was read or written.
#[derive(Debug, Clone, Serialize)]
pub struct Deed {
    pub at: Timestamp,
    /// An officer's name, or `desk` where it works by itself.
    pub account: String,
    /// What was done: a word that never changes its meaning.
    pub deed: &'static str,
    /// The number of the case.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub case: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub device: Option<DeviceId>,
    /// The records that were opened.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub opened: Vec<String>,
    /// Whom it was done to, where that is an officer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub officer: Option<String>,
}

impl Deed {
    pub fn new(at: Timestamp, account: &str, deed: &'static str) -> Self {
        let account = account.to_owned();
        Self { at, account, deed, case: None, device: None, opened: Vec::new(), officer: None }
    }

    /// What the desk opens by itself, to rank it.
    pub fn opened_by_desk(at: Timestamp, case: u32, device: DeviceId, opened: &[Opened]) -> Self {
        Self::new(at, DESK, "ranked").of_case(case).having_opened(device, opened)
    }

    /// A word that came by SMS, which the desk opens as it takes it.
    pub fn of_sms(at: Timestamp, device: DeviceId, id: String) -> Self {
        Self { device: Some(device), opened: vec![id], ..Self::new(at, DESK, "sms_taken") }
    }

    /// One that is known to be its device's own since.
    pub fn of_proven_sms(at: Timestamp, device: DeviceId, id: String) -> Self {
        Self { device: Some(device), opened: vec![id], ..Self::new(at, DESK, "sms_proven") }
    }

    pub fn of_case(self, number: u32) -> Self {
        Self { case: Some(number), ..self }
    }

    pub fn having_opened(self, device: DeviceId, opened: &[Opened]) -> Self {
        let opened = opened.iter().map(|part| part.id.clone()).collect();
        Self { device: Some(device), opened, ..self }
    }

    pub fn to(self, officer: &str) -> Self {
        Self { officer: Some(officer.to_owned()), ..self }
    }
}

/// The account of a desk that works by itself.
pub const DESK: &str = "desk";

/// A line as it is written.
#[derive(Serialize)]
struct Line<'a, T> {
    prev: Hash,
    #[serde(flatten)]
    what: &'a T,
}

/// All that a chain needs of a line.
#[derive(Deserialize)]
struct Link {
    prev: Hash,
}

/// How far the audit file goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Chain {
    pub lines: usize,
    /// SHA-256 of the last line.
    pub newest: Hash,
}

/// Adds a line, on the disk before anything is shown.
///
/// # Errors
/// It cannot be written; then nothing may be opened.
pub fn leave_line(path: &Path, opening: &Opening<'_>) -> Result<(), AuditError> {
    leave(path, std::slice::from_ref(opening))
}

/// Adds lines, all of them on the disk before it answers.
///
/// # Errors
/// They cannot be written; then nothing may be done.
pub fn leave<T: Serialize>(path: &Path, deeds: &[T]) -> Result<(), AuditError> {
    if deeds.is_empty() {
        return Ok(());
    }
    // a chain that is broken further up keeps nobody from helping: the doctor says it
    let (mut file, last) = Lines::open_at_end(path)?;
    let mut prev = if last.is_empty() { Hash::ZERO } else { hash(&last) };
    let mut lines = String::new();
    for what in deeds {
        let line = serde_json::to_string(&Line { prev, what }).map_err(AuditError::Line)?;
        prev = hash(&line);
        lines += &line;
        lines.push('\n');
    }
    Ok(file.append(lines.as_bytes())?)
}

/// The whole file; nothing where there is none yet.
///
/// # Errors
/// It cannot be read.
pub fn read(path: &Path) -> Result<String, AuditError> {
    if path.exists() { Ok(lines::read(path)?) } else { Ok(String::new()) }
}

/// A line as it stands; a broken chain hides none.
pub fn line(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|_| Value::String(text.to_owned()))
}

/// Follows the file from its first line on.
///
/// # Errors
/// [`AuditError::Broken`] for the first line that does not follow.
pub fn verify(path: &Path) -> Result<Chain, AuditError> {
    follow(&lines::read(path)?)
}

/// The same for what was read of it.
///
/// # Errors
/// [`AuditError::Broken`] for the first line that does not follow.
pub fn follow(text: &str) -> Result<Chain, AuditError> {
    let mut chain = Chain { lines: 0, newest: Hash::ZERO };
    for line in text.lines() {
        chain.lines += 1;
        let follows = serde_json::from_str(line).is_ok_and(|Link { prev }| prev == chain.newest);
        if !follows {
            return Err(AuditError::Broken(chain.lines));
        }
        chain.newest = hash(line);
    }
    Ok(chain)
}

fn hash(line: &str) -> Hash {
    Hash::of(line.as_bytes())
}
