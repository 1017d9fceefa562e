//! A copy put back: a new epoch, so that apps send again what lives, and no head until the desk's log is whole.

use std::{
    fs,
    path::{Component, Path, PathBuf},
    sync::Arc,
};

use contract::{hash::Hash, keys::key_text};
use jiff::Timestamp;
use rand::CryptoRng;

use super::backup::{MANIFEST, Manifest};
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
    #[error("{path} cannot be read or written")]
    File {
        path: PathBuf,
        #[source]
        source: std::io::Error,
    },
    #[error("the copy's manifest.json is not what it should be")]
    Manifest(#[source] serde_json::Error),
    #[error("{0} of the copy is not what was copied; nothing was changed")]
    Altered(String),
    #[error("{0} is in no copy that was made here; nothing was changed")]
    Foreign(String),
    #[error("no head key is in {0}: private keys are in no copy, put it back first; nothing was changed")]
    NoHeadKey(PathBuf),
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

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Restored {
    pub made_at: Timestamp,
    pub front: Part,
    pub desk: Part,
    /// The front's log is whole again by the desk beside it; else it signs no head until the desk posts.
    pub confirmed: bool,
}

/// Puts the copy `from` back into `data`. What stood there is moved aside, never deleted.
///
/// # Errors
/// The copy is not whole, the front is at work, or its head key is not there.
pub async fn restore(
    data: &Path,
    from: &Path,
    clock: Clock,
    rng: &mut impl CryptoRng,
) -> Result<Restored, RestoreError> {
    let manifest = read_whole(from)?;
    let (front, desk) = (Folder::of(data), DeskFolder::of(data));
    let now = clock();
    let mut restored =
        Restored { made_at: manifest.made_at, front: Part::Absent, desk: Part::Absent, confirmed: false };
    if manifest.front && front.head_keys()?.is_empty() {
        return Err(RestoreError::NoHeadKey(front.path().to_owned()));
    }
    if manifest.desk {
        restored.desk = restore_desk(&desk, from, &manifest)?;
    }
    if manifest.front {
        let lock = front.lock()?;
        let bulletin = restore_front(&front, from, clock, rng).await?;
        restored.front = Part::Restored;
        if desk.can_sign() {
            restored.confirmed = Desk::open(&desk)?.bring_back(&bulletin, now).await?;
        }
        drop(lock);
    }
    Ok(restored)
}

fn read_whole(from: &Path) -> Result<Manifest, RestoreError> {
    let manifest: Manifest = serde_json::from_slice(&read(&from.join(MANIFEST))?).map_err(RestoreError::Manifest)?;
    for (name, hash) in &manifest.files {
        if !is_of_a_copy(name) {
            return Err(RestoreError::Foreign(name.clone()));
        }
        if Hash::of(&read(&from.join(name))?) != *hash {
            return Err(RestoreError::Altered(name.clone()));
        }
    }
    Ok(manifest)
}

/// Within the folder, and no secret: those are in no copy.
fn is_of_a_copy(name: &str) -> bool {
    let path = Path::new(name);
    let is_within = path.components().all(|part| matches!(part, Component::Normal(_)));
    let is_secret = path.extension().is_some_and(|end| end == "key" || end == "credential");
    is_within && !is_secret
}

fn read(path: &Path) -> Result<Vec<u8>, RestoreError> {
    fs::read(path).map_err(|source| RestoreError::File { path: path.to_owned(), source })
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), RestoreError> {
    files::replace_private(path, bytes).map_err(|source| RestoreError::File { path: path.to_owned(), source })
}

async fn restore_front(
    front: &Folder,
    from: &Path,
    clock: Clock,
    rng: &mut impl CryptoRng,
) -> Result<Bulletin, RestoreError> {
    move_aside(front, clock())?;
    if !front.settings_path().is_file() {
        write(&front.settings_path(), &read(&from.join("front/settings.json"))?)?;
    }
    for (name, path) in [("front/bulletin.db", front.bulletin()), ("front/register.db", front.register())] {
        write(&path, &read(&from.join(name))?)?;
    }
    Ok(begin_anew(front, clock, rng).await?)
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
            fs::rename(&path, aside.join(&name)).map_err(failed)?;
        }
    }
    Ok(())
}

/// A ledger that is there was never behind its copy: versions that it gave are not given twice.
fn restore_desk(desk: &DeskFolder, from: &Path, manifest: &Manifest) -> Result<Part, RestoreError> {
    if desk.ledger().is_file() {
        return Ok(Part::Kept);
    }
    for folder in [desk.path().to_owned(), desk.key_sets(), desk.unposted()] {
        if !folder.is_dir() {
            files::create_private_folder(&folder)
                .map_err(|source| RestoreError::File { path: folder.clone(), source })?;
        }
    }
    let names = manifest.files.keys().filter_map(|name| Some((name, name.strip_prefix("desk/")?)));
    for (name, within) in names {
        write(&desk.path().join(within), &read(&from.join(name))?)?;
    }
    write(&desk.restored(), b"")?;
    Ok(Part::Restored)
}
