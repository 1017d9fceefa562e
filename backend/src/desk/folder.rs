//! `DIR/desk`: private keys, credentials, key sets, what was signed, the whole log, and what is not yet posted.

use std::{
    collections::BTreeMap,
    fs::{File, TryLockError},
    path::{Path, PathBuf},
};

use contract::{
    ids::KeyId,
    jws::{Signatory, Verified},
    keys::{KeySet, NamedKey, Role, Roots},
    profile::Retention,
    sms::Gateway,
    words::{Tag, Words},
};
use ed25519_dalek::SigningKey;
use serde::{Deserialize, Serialize};
use url::Url;
use zeroize::Zeroizing;

use super::{casework::waking::WakesAfter, ledger::LedgerError, log::DeskLogError};
use crate::files;

#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    #[error("there is no desk at {0}; make a ministry with `ministry init`")]
    Missing(PathBuf),
    #[error("{what} in the desk's folder cannot be read")]
    Read {
        what: String,
        #[source]
        source: std::io::Error,
    },
    #[error("another command is at work on this desk")]
    Busy,
    #[error("the desk's {0} is gone: put back a copy of its folder by `ministry restore`")]
    Gone(&'static str),
    #[error(
        "frame {0} of the desk's log is not in its ledger: move both away, and put back a copy of the desk's folder"
    )]
    NotInLedger(u64),
    #[error("settings.json in the desk's folder is not what it should be")]
    Settings(#[source] serde_json::Error),
    #[error("the key set names no key for {0:?}")]
    NoKey(Role),
    #[error("the desk's key sets are not believed: {0}")]
    KeySets(#[from] contract::jws::Refusal),
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    #[error(transparent)]
    Log(#[from] DeskLogError),
    #[error("the folder of unposted entries cannot be opened")]
    Unposted(#[source] std::io::Error),
}

/// The gateway keys, those of the past among them: a phone may know no newer one.
pub type GatewayKeys = Vec<GatewayKey>;

/// By which SMS are opened.
pub struct GatewayKey {
    pub key: Gateway,
    /// Whoever has it can write in anybody's name: what is sealed to it proves nothing.
    pub is_void: bool,
}

/// Private consular keys by their names.
pub type ConsularKeys = BTreeMap<KeyId, Zeroizing<[u8; 32]>>;

/// `settings.json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeskSettings {
    /// The ministry's languages: every text is whole in each.
    pub languages: Vec<Tag>,
    /// Root 0.
    pub roots: Roots,
    /// Where the front's inside listener is.
    pub inside: Url,
    /// How long each class of data is kept; a desk that was made before this was asked takes nothing until it is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retention: Option<Retention>,
    /// Who answers for personal data; a desk that was made before this was asked leaves their place empty.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub law: Option<DeskLaw>,
    /// Whoever sent a word by SMS is told by SMS that it came.
    #[serde(default)]
    pub answers_sms: bool,
    /// When who is woken for a life that nobody has taken.
    #[serde(default)]
    pub wakes_after: WakesAfter,
}

/// What the desk has of the profile's law.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeskLaw {
    /// Who is asked about personal data, and how.
    pub responsible: Words,
    /// IANA name of the zone by which the ministry's days are counted.
    pub time_zone: String,
}

impl DeskSettings {
    /// # Errors
    /// They cannot be read.
    pub fn read(path: &Path) -> Result<Self, FolderError> {
        serde_json::from_str(&read(path)?).map_err(FolderError::Settings)
    }
}

/// What the desk may do at the front by this credential.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Credential {
    Publish,
    Read,
}

/// The desk's folder while one command alone works on it.
pub struct DeskLock(#[expect(dead_code, reason = "it is held, and never asked")] File);

#[derive(Debug, Clone)]
pub struct DeskFolder(PathBuf);

impl DeskFolder {
    /// The desk's folder in a ministry's.
    pub fn of(data: &Path) -> Self {
        Self(data.join("desk"))
    }

    /// The same, if it is there.
    ///
    /// # Errors
    /// It is not.
    pub fn existing(data: &Path) -> Result<Self, FolderError> {
        let folder = Self::of(data);
        if folder.0.is_dir() { Ok(folder) } else { Err(FolderError::Missing(folder.0)) }
    }

    pub fn path(&self) -> &Path {
        &self.0
    }

    /// Keeps every other command out for as long as it is held.
    ///
    /// # Errors
    /// Somebody else holds it.
    pub fn lock(&self) -> Result<DeskLock, FolderError> {
        let what = "lock".to_owned();
        match files::lock(&self.0.join("lock")) {
            Ok(file) => Ok(DeskLock(file)),
            Err(TryLockError::WouldBlock) => Err(FolderError::Busy),
            Err(TryLockError::Error(source)) => Err(FolderError::Read { what, source }),
        }
    }

    pub fn settings_path(&self) -> PathBuf {
        self.0.join("settings.json")
    }

    /// Where a private key lies.
    pub fn key(&self, kid: &KeyId) -> PathBuf {
        self.0.join(format!("{kid}.key"))
    }

    /// Whether what the desk cannot make anew is here: what it signed, and the whole log.
    ///
    /// # Errors
    /// One of the two is gone.
    pub fn must_be_whole(&self) -> Result<(), FolderError> {
        for (what, path) in [("ledger", self.ledger()), ("log", self.log())] {
            if !path.exists() {
                return Err(FolderError::Gone(what));
            }
        }
        Ok(())
    }

    /// Whether private keys are here: a copy of a desk has none.
    pub fn can_sign(&self) -> bool {
        files::keys_in(&self.0).is_ok_and(|keys| !keys.is_empty())
    }

    pub fn key_sets(&self) -> PathBuf {
        self.0.join("keys")
    }

    pub fn key_set(&self, number: u32) -> PathBuf {
        self.key_sets().join(format!("{number}.json"))
    }

    pub fn credential_path(&self, credential: Credential) -> PathBuf {
        self.0.join(match credential {
            Credential::Publish => "publish.credential",
            Credential::Read => "read.credential",
        })
    }

    /// By which whoever brings SMS is known to the desk.
    pub fn sms_credential(&self) -> PathBuf {
        self.0.join("sms.credential")
    }

    /// By which whoever carries pushes is known to the desk.
    pub fn push_credential(&self) -> PathBuf {
        self.0.join("push.credential")
    }

    /// By which the push services of officers' browsers know the desk's pushes.
    pub fn push_key(&self) -> PathBuf {
        self.0.join("push.key")
    }

    pub fn ledger(&self) -> PathBuf {
        self.0.join("ledger")
    }

    /// The whole log, one frame a line.
    pub fn log(&self) -> PathBuf {
        self.0.join("log")
    }

    /// The watermark that was signed last.
    pub fn watermark(&self) -> PathBuf {
        self.0.join("watermark.json")
    }

    /// There after a restore, until front and desk have agreed.
    pub fn restored(&self) -> PathBuf {
        self.0.join("restored")
    }

    pub fn unposted(&self) -> PathBuf {
        self.0.join("unposted")
    }

    /// What was read of the front's register.
    pub fn records(&self) -> PathBuf {
        self.0.join("records.db")
    }

    /// Who opened what a traveller sealed, and why: a line each, never changed.
    pub fn audit(&self) -> PathBuf {
        self.0.join("audit")
    }

    /// The desk's own database.
    pub fn desk_db(&self) -> PathBuf {
        self.0.join("desk.db")
    }

    /// What closes what is about people in it.
    pub fn store_key(&self) -> PathBuf {
        self.0.join("store.key")
    }

    /// Beside a passphrase, in the place of the key.
    pub fn store_salt(&self) -> PathBuf {
        self.0.join("store.salt")
    }

    /// Which desk writes.
    pub fn lease(&self) -> PathBuf {
        self.0.join("lease")
    }

    /// The consular key by which the desk writes to devices: the one in use.
    ///
    /// # Errors
    /// The key set names none, or it cannot be read.
    pub fn pen(&self, keys: &KeySet) -> Result<(KeyId, Zeroizing<[u8; 32]>), FolderError> {
        let named = keys.in_use(Role::Consular).ok_or(FolderError::NoKey(Role::Consular))?;
        Ok((named.kid.clone(), self.secret(&named.kid)?))
    }

    /// The keys that open what travellers sealed, those of the past among them.
    ///
    /// # Errors
    /// One cannot be read.
    pub fn consular(&self, keys: &KeySet) -> Result<ConsularKeys, FolderError> {
        let mut held = ConsularKeys::new();
        for named in keys.keys.iter().filter(|key| key.role == Role::Consular) {
            if self.key(&named.kid).is_file() {
                held.insert(named.kid.clone(), self.secret(&named.kid)?);
            }
        }
        Ok(held)
    }

    /// The keys that open coded SMS.
    ///
    /// # Errors
    /// One cannot be read.
    pub fn gateways(&self, keys: &KeySet) -> Result<GatewayKeys, FolderError> {
        let of_gateway = keys.keys.iter().filter(|key| key.role == Role::Gateway);
        let here = of_gateway.filter(|key| self.key(&key.kid).is_file());
        let held =
            |key: &NamedKey| Ok(GatewayKey { key: Gateway::of(self.secret(&key.kid)?), is_void: !key.void.is_empty() });
        here.map(held).collect()
    }

    /// The gateway keys that are named and are not here: what phones seal to them, nobody opens.
    pub fn lost_gateways(&self, keys: &KeySet) -> Vec<KeyId> {
        let of_gateway = keys.keys.iter().filter(|key| key.role == Role::Gateway);
        of_gateway.filter(|key| !self.key(&key.kid).is_file()).map(|key| key.kid.clone()).collect()
    }

    /// # Errors
    /// They cannot be read.
    pub fn settings(&self) -> Result<DeskSettings, FolderError> {
        DeskSettings::read(&self.settings_path())
    }

    /// The key that signs as `role` now.
    ///
    /// # Errors
    /// The key set names none, or it cannot be read.
    pub fn signatory(&self, keys: &KeySet, role: Role) -> Result<Signatory, FolderError> {
        let kid = keys.in_use(role).map(|named| named.kid.clone()).ok_or(FolderError::NoKey(role))?;
        Ok(Signatory { key: SigningKey::from_bytes(&*self.secret(&kid)?), kid })
    }

    /// The root keys that are here, of those named.
    ///
    /// # Errors
    /// One cannot be read.
    pub fn roots(&self, roots: &Roots) -> Result<Vec<Signatory>, FolderError> {
        let here = roots.keys.iter().filter(|root| self.key(&root.kid).is_file());
        here.map(|root| Ok(Signatory { key: SigningKey::from_bytes(&*self.secret(&root.kid)?), kid: root.kid.clone() }))
            .collect()
    }

    fn secret(&self, kid: &KeyId) -> Result<Zeroizing<[u8; 32]>, FolderError> {
        let path = self.key(kid);
        files::read_secret(&path).map_err(|source| FolderError::Read { what: name(&path), source })
    }

    /// The newest key set, by the chain from root 0.
    ///
    /// # Errors
    /// One cannot be read, or is not believed.
    pub fn newest_keys(&self) -> Result<Verified<KeySet>, FolderError> {
        let key_sets = self.read_key_sets()?;
        Ok(self.settings()?.roots.verify_chain(key_sets.iter().map(String::as_str))?)
    }

    /// The documents of key sets 1, 2, …
    ///
    /// # Errors
    /// One cannot be read.
    pub fn read_key_sets(&self) -> Result<Vec<String>, FolderError> {
        let numbers = (1..).take_while(|number| self.key_set(*number).exists());
        numbers.map(|number| read(&self.key_set(number))).collect()
    }

    /// # Errors
    /// It cannot be read.
    pub fn credential(&self, credential: Credential) -> Result<Zeroizing<String>, FolderError> {
        let path = self.credential_path(credential);
        files::read_credential(&path).map_err(|source| FolderError::Read { what: name(&path), source })
    }
}

fn read(path: &Path) -> Result<String, FolderError> {
    files::read_text(path).map_err(|source| FolderError::Read { what: name(path), source })
}

fn name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}
