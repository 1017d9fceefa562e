//! The desk, inside the ministry: it holds the publishing key and signs what officers write.

pub mod draft;
pub mod folder;
pub mod input;
pub mod ledger;
pub mod outbox;
pub mod post;

use contract::{
    entry::{Body, Entry},
    ids::EntryId,
    jws::{MAX_BYTES, Purpose, Signatory},
};
use jiff::Timestamp;

use draft::Draft;
use folder::{DeskFolder, FolderError};
use ledger::{Ledger, LedgerError, Signed};
use outbox::Outbox;

#[derive(Debug, thiserror::Error)]
pub enum SignError {
    #[error("{id} was signed as version {held} already; give version {} or none", held.saturating_add(1))]
    VersionUsed { id: EntryId, held: u32 },
    #[error("{id} has no version left")]
    NoVersionLeft { id: EntryId },
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
    signatory: Signatory,
    ledger: Ledger,
    outbox: Outbox,
}

impl Desk {
    pub fn open(folder: &DeskFolder) -> Result<Self, FolderError> {
        let ledger = Ledger::open(&folder.ledger())?;
        let outbox = Outbox::open(&folder.unposted()).map_err(FolderError::Outbox)?;
        Ok(Self { signatory: folder.publisher()?, ledger, outbox })
    }

    pub fn outbox(&self) -> &Outbox {
        &self.outbox
    }

    /// Whether the desk passed on the alert that `draft` updates or cancels.
    pub fn knows(&self, draft: &Draft) -> bool {
        self.ledger.newest(&self.entry_id(draft)).is_some()
    }

    /// Signs a draft. The same draft again is the same entry.
    pub fn sign(&mut self, draft: Draft, now: Timestamp) -> Result<Signed, SignError> {
        let id = self.entry_id(&draft);
        let newest = self.ledger.newest(&id);
        match newest.filter(|newest| newest.says(&draft.body) && draft.version.is_none_or(|v| v == newest.version)) {
            Some(same) => Ok(same.clone()),
            None => {
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
        let jws = self.signatory.sign(Purpose::Entry, &entry).map_err(SignError::Sign)?;
        if jws.len() > MAX_BYTES {
            return Err(SignError::TooLarge);
        }
        let signed =
            Signed { id, version, alert, body: ledger::digest(&entry.body).map_err(SignError::Sign)?, entry: jws };
        // in the ledger before anybody can see it, so that its version is never given twice
        self.ledger.add(signed.clone())?;
        Ok(signed)
    }
}

fn next_version(id: &EntryId, wanted: Option<u32>, held: Option<u32>) -> Result<u32, SignError> {
    match (wanted, held) {
        (Some(wanted), Some(held)) if wanted <= held => Err(SignError::VersionUsed { id: id.clone(), held }),
        (Some(wanted), _) => Ok(wanted),
        (None, Some(held)) => held.checked_add(1).ok_or(SignError::NoVersionLeft { id: id.clone() }),
        (None, None) => Ok(1),
    }
}
