//! The desk, inside the ministry: it holds the publishing key and signs what officers write.

pub mod alike;
pub mod audit;
mod believed;
pub mod breach;
pub mod bring_back;
pub mod cases;
pub mod casework;
pub mod counting;
pub mod draft;
pub mod folder;
pub mod follow;
pub mod front_client;
pub mod input;
mod json;
pub mod leads;
pub mod lease;
pub mod ledger;
pub mod lines;
pub mod log;
pub mod mirror;
pub mod office;
pub mod opening;
pub mod people;
pub mod post;
pub mod receivers;
mod relay;
pub mod rotation;
pub mod unposted;
pub mod watermark;
mod words;

use contract::{
    entry::{Body, Entry, relayed_alert::RelayList},
    ids::EntryId,
    jws::{MAX_BYTES, Signatory, Verified},
    keys::{KeySet, Role},
    words::Tag,
};
use jiff::Timestamp;

use believed::Believed;
use draft::{Draft, Standing};
use folder::{DeskFolder, DeskLock, FolderError};
use ledger::{Ledger, LedgerError, Signed};
use log::DeskLog;
use unposted::Unposted;

/// The entry that names whose alerts are passed on.
pub const RELAY_LIST: &str = "relays";

#[derive(Debug, thiserror::Error)]
pub enum SignError {
    #[error("{id} was signed as version {held} already; give version {} or none", held.saturating_add(1))]
    VersionUsed { id: EntryId, held: u32 },
    #[error("the next version of {id} is {next}; give that or none")]
    VersionSkipped { id: EntryId, next: u32 },
    #[error("{id} has no version left")]
    NoVersionLeft { id: EntryId },
    #[error("{id} has the kind {held}, and keeps it: give another id, and cancel this one")]
    KindChanged { id: EntryId, held: String },
    #[error("signed, it is larger than {MAX_BYTES} bytes")]
    TooLarge,
    #[error("it could not be signed")]
    Sign(#[source] serde_json::Error),
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    #[error("its name makes no entry's id")]
    Id(#[from] contract::ids::InvalidId),
    #[error("it could not be kept for posting")]
    Keep(#[source] std::io::Error),
}

/// The desk while it is open; nobody else can sign at the same time.
pub struct Desk {
    folder: DeskFolder,
    languages: Vec<Tag>,
    publishing: Signatory,
    watermarks: Signatory,
    key_sets: Vec<String>,
    keys: Verified<KeySet>,
    ledger: Ledger,
    log: DeskLog,
    unposted: Unposted,
    _lock: DeskLock,
}

impl Desk {
    /// # Errors
    /// Something in the folder cannot be read, or another command is at work on it.
    pub fn open(folder: &DeskFolder) -> Result<Self, FolderError> {
        Self::open_locked(folder, folder.lock()?)
    }

    /// The same, by whoever has locked the folder.
    ///
    /// # Errors
    /// Something in the folder cannot be read.
    pub fn open_locked(folder: &DeskFolder, lock: DeskLock) -> Result<Self, FolderError> {
        // an empty ledger in the place of one that is lost would give versions twice
        folder.must_be_whole()?;
        let ledger = Ledger::open(&folder.ledger())?;
        let (settings, key_sets) = (folder.settings()?, folder.read_key_sets()?);
        let keys = settings.roots.verify_chain(key_sets.iter().map(String::as_str))?;
        let log = DeskLog::open(&folder.log())?;
        // a ledger that was cut short would give versions twice; one that was put back learns them from the front
        let unknown = log.frames().iter().find(|frame| !ledger.signed(&frame.entry));
        if let Some(frame) = unknown.filter(|_| !folder.restored().is_file()) {
            return Err(FolderError::NotInLedger(frame.seq));
        }
        Ok(Self {
            languages: settings.languages,
            publishing: folder.signatory(&keys, Role::Publish)?,
            watermarks: folder.signatory(&keys, Role::Watermark)?,
            key_sets,
            keys,
            ledger,
            log,
            unposted: Unposted::open(&folder.unposted()).map_err(FolderError::Unposted)?,
            folder: folder.clone(),
            _lock: lock,
        })
    }

    /// The ministry's languages.
    pub fn languages(&self) -> &[Tag] {
        &self.languages
    }

    pub fn unposted(&self) -> &Unposted {
        &self.unposted
    }

    pub fn log(&self) -> &DeskLog {
        &self.log
    }

    pub fn log_mut(&mut self) -> &mut DeskLog {
        &mut self.log
    }

    /// Whose alerts are passed on, by the newest list that was signed.
    pub fn relays(&self) -> Option<RelayList> {
        let id: EntryId = RELAY_LIST.parse().ok()?;
        let newest = Believed::of(self).version(self.ledger.newest(&id)?)?;
        if let Body::RelayList(list) = newest.body { Some(list) } else { None }
    }

    /// What was signed, for a draft to agree with.
    pub fn standing(&self) -> Standing {
        let believed = Believed::of(self);
        let entries = self.ledger.entries().filter_map(|newest| believed.version(newest));
        Standing { languages: self.languages.clone(), entries: entries.map(|entry| (entry.id, entry.body)).collect() }
    }

    /// Signs a draft. The same draft again is the same entry.
    ///
    /// # Errors
    /// Its version is not the next, or its id has another kind.
    pub fn sign(&mut self, draft: Draft, now: Timestamp) -> Result<Signed, SignError> {
        let Draft { id, version, body } = draft;
        let newest = self.ledger.newest(&id);
        let is_same = |held: &&Signed| held.says(&body) && version.is_none_or(|version| version == held.version);
        if let Some(same) = newest.filter(is_same).filter(|held| Believed::of(self).has(held)) {
            return Ok(same.clone());
        }
        if let Some(held) = newest.filter(|newest| newest.kind != body.kind()) {
            return Err(SignError::KindChanged { id, held: held.kind.clone() });
        }
        let version = next_version(&id, version, newest.map(|newest| newest.version))?;
        let entry = Entry { id: id.clone(), version, issued_at: now, body };
        let jws = self.publishing.sign(&entry).map_err(SignError::Sign)?;
        if jws.compact().len() > MAX_BYTES {
            return Err(SignError::TooLarge);
        }
        let kind = entry.body.kind().to_owned();
        let body = ledger::digest(&entry.body).map_err(SignError::Sign)?;
        let signed = Signed { id, version, kind, body, entry: jws };
        // in the ledger before anybody can see it, so that its version is never given twice
        self.ledger.add(signed.clone())?;
        Ok(signed)
    }
}

fn next_version(id: &EntryId, wanted: Option<u32>, held: Option<u32>) -> Result<u32, SignError> {
    let next = match held {
        None => 1,
        Some(held) => held.checked_add(1).ok_or(SignError::NoVersionLeft { id: id.clone() })?,
    };
    match (wanted, held) {
        (Some(wanted), Some(held)) if wanted <= held => Err(SignError::VersionUsed { id: id.clone(), held }),
        (Some(wanted), _) if wanted > next => Err(SignError::VersionSkipped { id: id.clone(), next }),
        (Some(_) | None, _) => Ok(next),
    }
}
