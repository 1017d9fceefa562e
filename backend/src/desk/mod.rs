//! The desk, inside the ministry: it holds the publishing key and signs what officers write.

pub mod bring_back;
pub mod draft;
pub mod folder;
pub mod front_client;
pub mod input;
pub mod ledger;
pub mod log;
pub mod post;
pub mod unposted;
pub mod watermark;

use contract::{
    entry::{Body, Entry, relayed_alert::RelayList},
    ids::EntryId,
    jws::{Document, MAX_BYTES, Signatory, Verified},
    keys::KeySet,
    words::Tag,
};
use jiff::Timestamp;

use draft::Draft;
use folder::{DeskFolder, FolderError};
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
    #[error("{id} is a {held}, and stays one: give another id, and cancel this one")]
    KindChanged { id: EntryId, held: String },
    #[error("signed, it is larger than {MAX_BYTES} bytes")]
    TooLarge,
    #[error("it could not be signed")]
    Sign(#[source] serde_json::Error),
    #[error(transparent)]
    Ledger(#[from] LedgerError),
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
}

impl Desk {
    /// # Errors
    /// Something in the folder cannot be read, or another command is at work on it.
    pub fn open(folder: &DeskFolder) -> Result<Self, FolderError> {
        // first, as its lock keeps out everybody else
        let ledger = Ledger::open(&folder.ledger())?;
        let settings = folder.settings()?;
        let key_sets = folder.read_key_sets()?;
        Ok(Self {
            keys: settings.roots.verify_chain(key_sets.iter().map(String::as_str))?,
            languages: settings.languages,
            publishing: folder.signatory("publish")?,
            watermarks: folder.signatory("watermark")?,
            key_sets,
            ledger,
            log: DeskLog::open(&folder.log())?,
            unposted: Unposted::open(&folder.unposted()).map_err(FolderError::Unposted)?,
            folder: folder.clone(),
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
        match Entry::read(&self.ledger.newest(&id)?.entry.payload).ok()?.body {
            Body::RelayList(list) => Some(list),
            Body::Advisory(_)
            | Body::RelayedAlert(_)
            | Body::Level(_)
            | Body::Mission(_)
            | Body::Line(_)
            | Body::Chat(_)
            | Body::Topic(_)
            | Body::Unread(_) => None,
        }
    }

    /// Whether the desk passed on the alert that `draft` updates or cancels.
    pub fn knows(&self, draft: &Draft) -> bool {
        self.ledger.newest(&self.entry_id(draft)).is_some()
    }

    /// Signs a draft. The same draft again is the same entry.
    ///
    /// # Errors
    /// Its version is not the next, or its id has another kind.
    pub fn sign(&mut self, draft: Draft, now: Timestamp) -> Result<Signed, SignError> {
        let id = self.entry_id(&draft);
        let newest = self.ledger.newest(&id);
        match newest.filter(|newest| newest.says(&draft.body) && draft.version.is_none_or(|v| v == newest.version)) {
            Some(same) => Ok(same.clone()),
            None => {
                if let Some(held) = newest.filter(|newest| newest.kind != draft.body.kind()) {
                    return Err(SignError::KindChanged { id, held: held.kind.clone() });
                }
                let version = next_version(&id, draft.version, newest.map(|newest| newest.version))?;
                self.sign_version(id, version, draft.body, draft.alert, now)
            }
        }
    }

    /// An alert that updates or cancels one keeps its entry.
    fn entry_id(&self, draft: &Draft) -> EntryId {
        let alert = draft.alert.iter().chain(&draft.references);
        alert.filter_map(|identifier| self.ledger.entry_of(identifier)).next().unwrap_or(&draft.id).clone()
    }

    fn sign_version(
        &mut self,
        id: EntryId,
        version: u32,
        body: Body,
        alert: Option<String>,
        now: Timestamp,
    ) -> Result<Signed, SignError> {
        let entry = Entry { id: id.clone(), version, issued_at: now, body };
        let jws = self.publishing.sign(&entry).map_err(SignError::Sign)?;
        if jws.compact().len() > MAX_BYTES {
            return Err(SignError::TooLarge);
        }
        let kind = entry.body.kind().to_owned();
        let body = ledger::digest(&entry.body).map_err(SignError::Sign)?;
        let signed = Signed { id, version, kind, alert, body, entry: jws };
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
