//! What the desk signed, one line each, appended before anything is posted: no version is given twice.

use std::{
    collections::HashMap,
    fs::{File, OpenOptions},
    io::{Read, Write},
    path::Path,
};

use contract::{
    entry::{Body, Entry},
    hash::Hash,
    ids::EntryId,
    jws::{Document, Jws},
};
use serde::{Deserialize, Serialize};

use crate::{
    cap::life::{Lives, Message, Name},
    files,
};

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
    #[error("another command is at work on this desk")]
    Busy,
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

pub struct Ledger {
    /// Locked for as long as the ledger is open.
    file: File,
    newest: HashMap<EntryId, Signed>,
    versions: HashMap<(EntryId, u32), Hash>,
    alerts: Lives,
}

impl Ledger {
    pub fn open(path: &Path) -> Result<Self, LedgerError> {
        let mut file = files::private(OpenOptions::new().read(true).append(true).create(true)).open(path)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(std::fs::TryLockError::WouldBlock) => return Err(LedgerError::Busy),
            Err(std::fs::TryLockError::Error(error)) => return Err(error.into()),
        }
        let mut text = String::new();
        file.read_to_string(&mut text)?;
        // a line without its end was never synced, so what it says was never posted
        let whole = text.rfind('\n').map_or(0, |end| end + 1);
        file.set_len(whole as u64)?;
        let mut ledger = Self { file, newest: HashMap::new(), versions: HashMap::new(), alerts: Lives::default() };
        for (index, line) in text.get(..whole).unwrap_or_default().lines().enumerate() {
            let line = serde_json::from_str(line).map_err(|source| LedgerError::Line { line: index + 1, source })?;
            ledger.note(line);
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
        self.file.write_all(&text)?;
        self.file.sync_all()?;
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
        let entry = Hash::of(signed.entry.compact().as_bytes());
        self.versions.insert((signed.id.clone(), signed.version), entry);
        self.newest.insert(signed.id.clone(), signed);
    }

    pub fn newest(&self, id: &EntryId) -> Option<&Signed> {
        self.newest.get(id)
    }

    /// Whether this very entry was signed here.
    pub fn signed(&self, id: &EntryId, version: u32, entry: &Jws) -> bool {
        self.versions.get(&(id.clone(), version)) == Some(&Hash::of(entry.compact().as_bytes()))
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
