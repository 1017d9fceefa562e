//! What the desk signed, one line each, appended before anything is posted: no version is given twice.

use std::{
    collections::{HashMap, HashSet},
    path::Path,
};

use contract::{
    entry::{Body, Entry},
    hash::Hash,
    ids::EntryId,
    jws::{Document, Jws},
};
use serde::{Deserialize, Serialize};

use super::lines::{self, Lines};
use crate::cap::life::{Lives, Message, Name};

/// What a line says.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Line {
    /// An alert that was passed on, or whose ending was heard.
    Heard(Message),
    Signed(Box<Signed>),
}

#[derive(Debug, thiserror::Error)]
pub enum LedgerError {
    #[error("the ledger cannot be read or written")]
    Io(#[from] std::io::Error),
    #[error("line {line} of the ledger is broken")]
    Line {
        line: usize,
        #[source]
        source: serde_json::Error,
    },
    #[error("the ledger's line cannot be written")]
    Write(#[source] serde_json::Error),
}

/// One signed entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signed {
    pub id: EntryId,
    pub version: u32,
    pub kind: String,
    /// Digest of the body.
    pub body: Hash,
    pub entry: Jws,
}

impl Signed {
    pub fn says(&self, body: &Body) -> bool {
        digest(body).is_ok_and(|digest| digest == self.body)
    }
}

pub fn digest(body: &Body) -> Result<Hash, serde_json::Error> {
    Ok(Hash::of(&serde_json::to_vec(body)?))
}

/// Whether each line of a ledger can be read.
///
/// # Errors
/// One cannot.
pub fn check(path: &Path) -> Result<(), LedgerError> {
    read(&lines::read(path)?).try_for_each(|line| line.map(drop))
}

fn read(text: &str) -> impl Iterator<Item = Result<Line, LedgerError>> {
    let broken = |index| move |source| LedgerError::Line { line: index + 1, source };
    text.lines().enumerate().map(move |(index, line)| serde_json::from_str(line).map_err(broken(index)))
}

pub struct Ledger {
    file: Lines,
    newest: HashMap<EntryId, Signed>,
    /// Of every entry.
    entries: HashSet<Hash>,
    alerts: Lives,
}

impl Ledger {
    /// # Errors
    /// It cannot be read, or a line is broken.
    pub fn open(path: &Path) -> Result<Self, LedgerError> {
        let (file, text) = Lines::open(path)?;
        let mut ledger = Self { file, newest: HashMap::new(), entries: HashSet::new(), alerts: Lives::default() };
        for line in read(&text) {
            ledger.note(line?);
        }
        Ok(ledger)
    }

    pub fn add(&mut self, signed: Signed) -> Result<(), LedgerError> {
        self.append(Line::Signed(Box::new(signed)))
    }

    /// Remembers an alert after what it does was signed.
    pub fn hear(&mut self, alert: Message) -> Result<(), LedgerError> {
        self.append(Line::Heard(alert))
    }

    fn append(&mut self, line: Line) -> Result<(), LedgerError> {
        let mut text = serde_json::to_vec(&line).map_err(LedgerError::Write)?;
        text.push(b'\n');
        self.file.append(&text)?;
        self.note(line);
        Ok(())
    }

    fn note(&mut self, line: Line) {
        let signed = match line {
            Line::Heard(alert) => return self.alerts.hear(&alert),
            Line::Signed(signed) => *signed,
        };
        if let Ok(Entry { id, body: Body::RelayedAlert(alert), .. }) = Entry::read(&signed.entry.payload) {
            self.alerts.learn(Name { sender: alert.sender, identifier: alert.identifier }, alert.sent, &id);
        }
        self.entries.insert(Hash::of(signed.entry.compact().as_bytes()));
        self.newest.insert(signed.id.clone(), signed);
    }

    pub fn newest(&self, id: &EntryId) -> Option<&Signed> {
        self.newest.get(id)
    }

    /// Whether this very entry was signed here.
    pub fn signed(&self, entry: &Jws) -> bool {
        self.entries.contains(&Hash::of(entry.compact().as_bytes()))
    }

    /// Every entry, the newest version of each.
    pub fn entries(&self) -> impl Iterator<Item = &Signed> {
        self.newest.values()
    }

    /// The alerts that were passed on.
    pub fn alerts(&self) -> &Lives {
        &self.alerts
    }
}
