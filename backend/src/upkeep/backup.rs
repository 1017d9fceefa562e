//! A copy of a ministry while it serves. It never holds a private key or a credential.

use std::{
    collections::BTreeMap,
    fs::File,
    io::{self, Read, Seek},
    path::{Path, PathBuf},
};

use contract::hash::Hash;
use jiff::Timestamp;

use super::{
    copy::{FRONT, MANIFEST, Manifest, is_of_a_copy},
    here::{Here, HereError},
};
use crate::{
    desk::{folder::DeskFolder, lines},
    files,
    front::{FrontError, folder::Folder},
    storage::{StorageError, sqlite},
};

#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    #[error(transparent)]
    Here(#[from] HereError),
    #[error("{0} exists already; a copy is made in a new folder")]
    Exists(PathBuf),
    #[error("{path} cannot be copied")]
    File {
        path: PathBuf,
        #[source]
        source: io::Error,
    },
    #[error(transparent)]
    Front(#[from] FrontError),
    #[error(transparent)]
    Storage(#[from] StorageError),
    #[error("the list of what is in the copy cannot be written")]
    Manifest(#[from] serde_json::Error),
}

/// What was copied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Copied {
    pub front: bool,
    pub desk: bool,
    /// SHA-256 of `manifest.json`.
    pub manifest: Hash,
}

/// Copies what there is of front and desk into the new folder `out`.
///
/// # Errors
/// There is nothing to copy, `out` exists, or a file cannot be copied.
pub fn backup(data: &Path, out: &Path, now: Timestamp) -> Result<Copied, BackupError> {
    let here = Here::of(data)?;
    if out.exists() {
        return Err(BackupError::Exists(out.to_owned()));
    }
    let mut copy = Making { data, out, files: BTreeMap::new() };
    copy.folder("")?;
    if let Some(front) = &here.front {
        copy.front(front)?;
    }
    if let Some(desk) = &here.desk {
        copy.desk(desk)?;
    }
    let (front, desk) = (here.front.is_some(), here.desk.is_some());
    let manifest = Manifest { made_at: now, front, desk, files: copy.files };
    let path = out.join(MANIFEST);
    let text = serde_json::to_vec_pretty(&manifest)?;
    files::write_private(&path, &text).map_err(|source| BackupError::File { path, source })?;
    Ok(Copied { front, desk, manifest: Hash::of(&text) })
}

/// A copy while it is made. Every file has the same name in it as in the ministry's folder.
struct Making<'a> {
    data: &'a Path,
    out: &'a Path,
    files: BTreeMap<String, Hash>,
}

impl Making<'_> {
    fn front(&mut self, front: &Folder) -> Result<(), BackupError> {
        front.must_be_whole()?;
        self.folder("front")?;
        for name in FRONT {
            if name.ends_with(".db") {
                self.database(name)?;
            } else {
                self.file(name)?;
            }
        }
        Ok(())
    }

    /// In this order, as a desk at work writes them the other way round: what is copied first is in what comes later.
    fn desk(&mut self, desk: &DeskFolder) -> Result<(), BackupError> {
        self.folder("desk")?;
        self.file("desk/settings.json")?;
        self.folder_of("desk/unposted")?;
        if desk.watermark().exists() {
            self.file("desk/watermark.json")?;
        }
        // before the audit file, which has a line for whatever was done in it
        if desk.desk_db().exists() {
            self.database("desk/desk.db")?;
        }
        if desk.audit().exists() {
            self.lines("desk/audit")?;
        }
        self.lines("desk/log")?;
        self.lines("desk/ledger")?;
        self.folder_of("desk/keys")
    }

    fn folder(&self, name: &str) -> Result<(), BackupError> {
        let path = self.out.join(name);
        files::create_private_folder(&path).map_err(|source| BackupError::File { path, source })
    }

    fn file(&mut self, name: &str) -> Result<(), BackupError> {
        self.copy(name, |file| Ok(file.metadata()?.len()))
    }

    /// A file that only grows, up to its last whole line: it may be written to this very moment.
    fn lines(&mut self, name: &str) -> Result<(), BackupError> {
        self.copy(name, lines::end)
    }

    /// The file as far as `end` says.
    fn copy(&mut self, name: &str, end: impl FnOnce(&mut File) -> io::Result<u64>) -> Result<(), BackupError> {
        let copied = self.open(name).and_then(|mut file| {
            let end = end(&mut file)?;
            file.rewind()?;
            files::copy_private(file.take(end), &self.out.join(name))
        });
        self.note(name, copied)
    }

    fn database(&mut self, name: &str) -> Result<(), BackupError> {
        // SQLite would follow a link
        self.open(name).map_err(|source| BackupError::File { path: self.data.join(name), source })?;
        let path = self.out.join(name);
        sqlite::copy(&self.data.join(name), &path)?;
        self.note(name, files::open(&path).and_then(files::hash))
    }

    /// The parts may lie anywhere, but what is in them lies there.
    fn open(&self, name: &str) -> io::Result<File> {
        let (part, within) = name.split_once('/').unwrap_or(("", name));
        files::open_within(&self.data.join(part), within)
    }

    fn note(&mut self, name: &str, copied: io::Result<Hash>) -> Result<(), BackupError> {
        let hash = copied.map_err(|source| BackupError::File { path: self.data.join(name), source })?;
        self.files.insert(name.to_owned(), hash);
        Ok(())
    }

    fn folder_of(&mut self, name: &str) -> Result<(), BackupError> {
        self.folder(name)?;
        let from = self.data.join(name);
        if !from.exists() {
            return Ok(());
        }
        let failed = |source| BackupError::File { path: from.clone(), source };
        for entry in std::fs::read_dir(&from).map_err(failed)? {
            let name = format!("{name}/{}", entry.map_err(failed)?.file_name().to_string_lossy());
            if is_of_a_copy(&name) {
                self.file(&name)?;
            }
        }
        Ok(())
    }
}
