//! A copy put back: a new epoch, so that apps send again what lives, and no head until the desk's log is whole.
//!
//! First everything is looked at, then everything is locked, then everything is copied beside where it will be; only then
//! is anything moved.

use std::{
    io,
    path::{Path, PathBuf},
    sync::Arc,
};

use contract::{hash::Hash, keys::key_text};
use jiff::Timestamp;
use rand::CryptoRng;

use super::{
    copy::{Copy, CopyError, Manifest},
    here::{HereError, is_here},
    staged::{Staged, StagedError},
    trust::{self, TrustError},
};
use crate::{
    Clock,
    desk::{
        Desk,
        bring_back::BringBackError,
        folder::{DeskFolder, DeskLock, FolderError},
    },
    files,
    front::{
        FrontError,
        folder::{Folder, FolderLock},
    },
    log::{Bulletin, LogStore},
    storage::sqlite::{Database, Schema, SqliteLog, SqliteRegister},
};

/// How far it came before it failed.
#[derive(Debug, thiserror::Error)]
pub enum RestoreError {
    #[error("nothing was changed")]
    Refused(#[source] Trouble),
    #[error("it was cut short: run it again")]
    CutShort(#[source] Trouble),
}

#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    #[error("{path} cannot be written")]
    File {
        path: PathBuf,
        #[source]
        source: io::Error,
    },
    #[error("no head key is in {0}: private keys are in no copy, put it back first")]
    NoHeadKey(PathBuf),
    #[error(transparent)]
    Here(#[from] HereError),
    #[error(transparent)]
    Copy(#[from] CopyError),
    #[error(transparent)]
    Trust(#[from] TrustError),
    #[error(transparent)]
    Front(#[from] FrontError),
    #[error(transparent)]
    Desk(#[from] FolderError),
    #[error(transparent)]
    BringBack(#[from] BringBackError),
    #[error(transparent)]
    Staged(#[from] StagedError),
}

/// What became of a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// It was not in the copy.
    Absent,
    Restored,
    /// The desk that is there knows more than its copy: it was left as it is.
    Kept,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    pub made_at: Timestamp,
    /// SHA-256 of the copy's `manifest.json`.
    pub manifest: Hash,
    pub front: Part,
    pub desk: Part,
    /// What the copy alone says, in words: a person has to compare it.
    pub on_trust: Vec<String>,
    /// The front's log is whole again by the desk beside it; else it signs no head until the desk posts.
    pub confirmed: bool,
}

/// Puts the copy `from` back into `data`. What stood there is moved aside or stays, and is never deleted.
///
/// # Errors
/// The copy is not whole or another ministry's, the front is at work, or its head key is not there.
pub async fn restore(
    data: &Path,
    from: &Path,
    clock: Clock,
    rng: &mut impl CryptoRng,
) -> Result<Restored, RestoreError> {
    let ready = Ready::make(data, from).await.map_err(RestoreError::Refused)?;
    ready.put(clock, rng).await.map_err(RestoreError::CutShort)
}

/// All was looked at and locked, and lies beside where it will be.
struct Ready {
    copy: Copy,
    front: Folder,
    desk: DeskFolder,
    on_trust: Vec<String>,
    front_lock: Option<FolderLock>,
    beside: Beside,
    front_files: Staged,
    desk_files: Staged,
}

/// The desk in the folder that is restored.
enum Beside {
    /// None, or one that stays as it is and has nothing to do with this.
    Nothing,
    /// Something of it is lost that the copy has.
    Lost(DeskLock),
    /// It brings back what the front's copy lacks.
    Open(Box<Desk>),
}

impl Ready {
    async fn make(data: &Path, from: &Path) -> Result<Self, Trouble> {
        let copy = Copy::open(from)?;
        let (front, desk) = (Folder::of(data), DeskFolder::of(data));
        let has_front = copy.manifest.front;
        is_here(desk.path())?;
        if has_front && (!is_here(front.path())? || front.head_keys()?.is_empty()) {
            return Err(Trouble::NoHeadKey(front.path().to_owned()));
        }
        let desk_is_lost = !copy.lost_of(&desk).is_empty();
        let on_trust = trust::check(data, &copy, desk_is_lost).await?;
        let front_lock = if has_front { Some(front.lock()?) } else { None };
        let beside = if desk_is_lost {
            make_folders(&desk)?;
            Beside::Lost(desk.lock()?)
        } else if has_front && desk.can_sign() {
            let open = Desk::open(&desk)?;
            open.confirmed_at().map_err(BringBackError::from)?;
            Beside::Open(Box::new(open))
        } else {
            Beside::Nothing
        };
        let front_files = if has_front { stage_front(&front, &copy)? } else { Staged::default() };
        let desk_files = if desk_is_lost { stage_desk(&desk, &copy)? } else { Staged::default() };
        Ok(Self { copy, front, desk, on_trust, front_lock, beside, front_files, desk_files })
    }

    async fn put(self, clock: Clock, rng: &mut impl CryptoRng) -> Result<Restored, Trouble> {
        let Self { copy, front, desk, on_trust, front_lock, beside, front_files, desk_files } = self;
        let Manifest { made_at, front: has_front, desk: has_desk, .. } = copy.manifest;
        let desk_is_lost = matches!(beside, Beside::Lost(_));
        let beside = put_desk(&desk, beside, desk_files)?;
        let confirmed = has_front && put_front(&front, front_files, beside, clock, rng).await?;
        drop(front_lock);
        let of_desk = if desk_is_lost { Part::Restored } else { Part::Kept };
        Ok(Restored {
            made_at,
            manifest: copy.hash,
            front: if has_front { Part::Restored } else { Part::Absent },
            desk: if has_desk { of_desk } else { Part::Absent },
            on_trust,
            confirmed,
        })
    }
}

/// Answers the desk that can bring back what the front's copy lacks.
fn put_desk(desk: &DeskFolder, beside: Beside, files: Staged) -> Result<Option<Desk>, Trouble> {
    let lock = match beside {
        Beside::Nothing => return Ok(None),
        Beside::Open(open) => return Ok(Some(*open)),
        Beside::Lost(lock) => lock,
    };
    if desk.must_be_whole().is_err() {
        mark(desk.restored())?;
    }
    // cases that came back may be of people who erased since: what they erased is read from its beginning
    let read = desk.records();
    files::remove(&read).map_err(|source| Trouble::File { path: read, source })?;
    files.put()?;
    if desk.can_sign() { Ok(Some(Desk::open_locked(desk, lock)?)) } else { Ok(None) }
}

/// Answers whether the log is whole again. Cut short before it was begun anew, the front serves nothing until this was
/// done again: apps would not send again what the copy lacks.
async fn put_front(
    front: &Folder,
    files: Staged,
    beside: Option<Desk>,
    clock: Clock,
    rng: &mut impl CryptoRng,
) -> Result<bool, Trouble> {
    mark(front.restoring())?;
    move_aside(front, clock())?;
    files.put()?;
    let bulletin = begin_anew(front, clock.clone(), rng).await?;
    let marker = front.restoring();
    files::remove(&marker).map_err(|source| Trouble::File { path: marker, source })?;
    match beside {
        Some(mut desk) => Ok(desk.bring_back(&bulletin, clock()).await?),
        None => Ok(false),
    }
}

fn mark(marker: PathBuf) -> Result<(), Trouble> {
    files::replace_private(&marker, b"").map_err(|source| Trouble::File { path: marker, source })
}

/// The settings that are there stay.
fn stage_front(front: &Folder, copy: &Copy) -> Result<Staged, Trouble> {
    let mut staged = Staged::default();
    staged.add(front.bulletin(), |partial| copy.put("front/bulletin.db", partial))?;
    staged.add(front.register(), |partial| copy.put("front/register.db", partial))?;
    if !front.settings_path().exists() {
        staged.add(front.settings_path(), |partial| copy.put("front/settings.json", partial))?;
    }
    Ok(staged)
}

/// Every file that is there stays.
fn stage_desk(desk: &DeskFolder, copy: &Copy) -> Result<Staged, Trouble> {
    let mut staged = Staged::default();
    for (name, within) in copy.lost_of(desk) {
        staged.add(desk.path().join(within), |partial| copy.put(name, partial))?;
    }
    Ok(staged)
}

fn make_folders(desk: &DeskFolder) -> Result<(), Trouble> {
    for path in [desk.path().to_owned(), desk.key_sets(), desk.unposted()] {
        if !path.is_dir() {
            files::create_private_folder(&path).map_err(|source| Trouble::File { path, source })?;
        }
    }
    Ok(())
}

/// Gives the register a new epoch, and opens a log that signs nothing until the desk has spoken.
async fn begin_anew(front: &Folder, clock: Clock, rng: &mut impl CryptoRng) -> Result<Bulletin, FrontError> {
    let register = SqliteRegister::new(Database::open(&front.register(), Schema::Register)?);
    register.renew(key_text(&files::secret(rng))).await?;
    let log = Arc::new(SqliteLog::new(Database::open(&front.bulletin(), Schema::Bulletin)?));
    log.await_desk(clock()).await?;
    let settings = front.settings()?;
    Ok(Bulletin::open(log, &settings.roots, front.head_keys()?, clock).await?)
}

fn move_aside(front: &Folder, now: Timestamp) -> Result<(), Trouble> {
    let aside = front.path().join(format!("before-restore-{}", now.strftime("%Y%m%dT%H%M%S%.f")));
    // one that is there already holds what an earlier restore moved: nothing is moved over it
    let mut made = false;
    for database in [front.bulletin(), front.register()] {
        for suffix in ["", "-wal", "-shm"] {
            let mut name = database.file_name().unwrap_or_default().to_owned();
            name.push(suffix);
            let path = front.path().join(&name);
            if !path.exists() {
                continue;
            }
            let failed = |source| Trouble::File { path: path.clone(), source };
            if !made {
                files::create_private_folder(&aside).map_err(failed)?;
                made = true;
            }
            std::fs::rename(&path, aside.join(&name)).map_err(failed)?;
        }
    }
    Ok(())
}
