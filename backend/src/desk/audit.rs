//! `DIR/desk/audit`: who opened what a traveller sealed, and why. Each line carries the hash of the line before, so that
//! none can be changed or taken out and the rest still follow.

use std::{io, path::Path};

use contract::{hash::Hash, ids::DeviceId, record::Kind};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::lines::{self, Lines};

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

/// A line as it is written.
#[derive(Serialize)]
struct Line<'a> {
    prev: Hash,
    #[serde(flatten)]
    opening: &'a Opening<'a>,
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
    let (mut file, text) = Lines::open(path)?;
    // a chain that is broken further up keeps nobody from helping: the doctor says it
    let prev = text.lines().last().map_or(Hash::ZERO, hash);
    let mut line = serde_json::to_vec(&Line { prev, opening }).map_err(AuditError::Line)?;
    line.push(b'\n');
    Ok(file.append(&line)?)
}

/// Follows the file from its first line on.
///
/// # Errors
/// [`AuditError::Broken`] for the first line that does not follow.
pub fn verify(path: &Path) -> Result<Chain, AuditError> {
    let mut chain = Chain { lines: 0, newest: Hash::ZERO };
    for line in lines::read(path)?.lines() {
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
