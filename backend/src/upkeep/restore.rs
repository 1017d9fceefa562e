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
    copy::{Copy, CopyError},
    trust::{self, TrustError},
};
use crate::{
    Clock,
    desk::{
        Desk,
        bring_back::BringBackError,
        folder::{DeskFolder, FolderError},
    },
    files,
    front::{FrontError, folder::Folder},
    log::{Bulletin, LogStore},
    storage::sqlite::{Database, Schema, SqliteLog, SqliteRegister},
};

#[derive(Debug, thiserror::Error)]
pub enum RestoreError {
    #[error("{path} cannot be written")]
    File {
        path: PathBuf,
        #[source]
        source: io::Error,
    },
    #[error("no head key is in {0}: private keys are in no copy, put it back first; nothing was changed")]
    NoHeadKey(PathBuf),
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
    let copy = Copy::open(from)?;
    let (front, desk) = (Folder::of(data), DeskFolder::of(data));
    let (has_front, has_desk) = (copy.manifest.front, copy.manifest.desk);
    if has_front && (!front.path().is_dir() || front.head_keys()?.is_empty()) {
        return Err(RestoreError::NoHeadKey(front.path().to_owned()));
    }
    // a desk that is whole was never behind its copy: versions that it gave are not given twice
    let desk_is_lost = has_desk && desk.must_be_whole().is_err();
    let on_trust = trust::check(data, &copy, desk_is_lost).await?;

    let front_lock = if has_front { Some(front.lock()?) } else { None };
    let brings_back = has_front && desk.can_sign();
    let (mut lost, mut beside) = (None, None);
    if desk_is_lost {
        make_folders(&desk)?;
        lost = Some(desk.lock()?);
    } else if brings_back {
        let open = Desk::open(&desk)?;
        open.confirmed_at().map_err(BringBackError::from)?;
        beside = Some(open);
    }
    let front_files = if has_front { stage_front(&front, &copy)? } else { Staged::default() };
    let desk_files = if desk_is_lost { stage_desk(&desk, &copy)? } else { Staged::default() };

    let mut confirmed = false;
    if let Some(lock) = lost {
        let marker = desk.restored();
        files::replace_private(&marker, b"").map_err(|source| RestoreError::File { path: marker, source })?;
        desk_files.put()?;
        if brings_back {
            beside = Some(Desk::open_locked(&desk, lock)?);
        }
    }
    if has_front {
        move_aside(&front, clock())?;
        front_files.put()?;
        let bulletin = begin_anew(&front, clock.clone(), rng).await?;
        if let Some(mut desk) = beside {
            confirmed = desk.bring_back(&bulletin, clock()).await?;
        }
    }
    drop(front_lock);
    let of_desk = if desk_is_lost { Part::Restored } else { Part::Kept };
    Ok(Restored {
        made_at: copy.manifest.made_at,
        manifest: copy.hash,
        front: if has_front { Part::Restored } else { Part::Absent },
        desk: if has_desk { of_desk } else { Part::Absent },
        on_trust,
        confirmed,
    })
}

/// Files beside the places where they will be, until all of them are there.
#[derive(Default)]
struct Staged(Vec<(PathBuf, PathBuf)>);

impl Staged {
    fn add(&mut self, copy: &Copy, name: &str, to: PathBuf) -> Result<(), RestoreError> {
        let partial = to.with_extension("partial");
        self.0.push((partial.clone(), to));
        let copied = files::remove(&partial).and_then(|()| copy.put(name, &partial));
        copied.map_err(|source| RestoreError::File { path: partial, source })
    }

    fn put(mut self) -> Result<(), RestoreError> {
        for (partial, to) in self.0.drain(..) {
            std::fs::rename(partial, &to).map_err(|source| RestoreError::File { path: to, source })?;
        }
        Ok(())
    }
}

impl Drop for Staged {
    fn drop(&mut self) {
        for (partial, _) in &self.0 {
            // what is left is overwritten by the next restore
            drop(files::remove(partial));
        }
    }
}

/// The settings that are there stay.
fn stage_front(front: &Folder, copy: &Copy) -> Result<Staged, RestoreError> {
    let mut staged = Staged::default();
    staged.add(copy, "front/bulletin.db", front.bulletin())?;
    staged.add(copy, "front/register.db", front.register())?;
    if !front.settings_path().exists() {
        staged.add(copy, "front/settings.json", front.settings_path())?;
    }
    Ok(staged)
}

/// Every file that is there stays.
fn stage_desk(desk: &DeskFolder, copy: &Copy) -> Result<Staged, RestoreError> {
    let mut staged = Staged::default();
    for (name, within) in copy.of_desk() {
        let to = desk.path().join(within);
        if !to.exists() {
            staged.add(copy, name, to)?;
        }
    }
    Ok(staged)
}

fn make_folders(desk: &DeskFolder) -> Result<(), RestoreError> {
    for path in [desk.path().to_owned(), desk.key_sets(), desk.unposted()] {
        if !path.is_dir() {
            files::create_private_folder(&path).map_err(|source| RestoreError::File { path, source })?;
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

fn move_aside(front: &Folder, now: Timestamp) -> Result<(), RestoreError> {
    let aside = front.path().join(format!("before-restore-{}", now.strftime("%Y%m%dT%H%M%S")));
    for database in [front.bulletin(), front.register()] {
        for suffix in ["", "-wal", "-shm"] {
            let mut name = database.file_name().unwrap_or_default().to_owned();
            name.push(suffix);
            let path = front.path().join(&name);
            if !path.exists() {
                continue;
            }
            let failed = |source| RestoreError::File { path: path.clone(), source };
            if !aside.is_dir() {
                files::create_private_folder(&aside).map_err(failed)?;
            }
            std::fs::rename(&path, aside.join(&name)).map_err(failed)?;
        }
    }
    Ok(())
}
