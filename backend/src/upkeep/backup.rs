//! A copy of a ministry while it serves. It never holds a private key or a credential.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use contract::hash::Hash;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    desk::folder::DeskFolder,
    files,
    front::folder::Folder,
    storage::{StorageError, sqlite},
};

/// The name of the list of what is in a copy.
pub const MANIFEST: &str = "manifest.json";

#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    #[error("there is neither a front nor a desk in {0}")]
    Nothing(PathBuf),
    #[error("{0} exists already; a copy is made in a new folder")]
    Exists(PathBuf),
    #[error("{path} cannot be copied")]
    File {
        path: PathBuf,
        #[source]
        source: std::io::Error,
    },
    #[error(transparent)]
    Storage(#[from] StorageError),
    #[error("the list of what is in the copy cannot be written")]
    Manifest(#[from] serde_json::Error),
}

/// `manifest.json`: what is in a copy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    pub made_at: Timestamp,
    pub front: bool,
    pub desk: bool,
    /// SHA-256 of each file, by its path within the copy.
    pub files: BTreeMap<String, Hash>,
}

/// Copies what there is of front and desk into the new folder `out`.
///
/// # Errors
/// There is nothing to copy, `out` exists, or a file cannot be copied.
pub fn backup(data: &Path, out: &Path, now: Timestamp) -> Result<Manifest, BackupError> {
    let (front, desk) = (Folder::of(data), DeskFolder::of(data));
    let mut manifest =
        Manifest { made_at: now, front: front.path().is_dir(), desk: desk.path().is_dir(), files: BTreeMap::new() };
    if !manifest.front && !manifest.desk {
        return Err(BackupError::Nothing(data.to_owned()));
    }
    if out.exists() {
        return Err(BackupError::Exists(out.to_owned()));
    }
    let mut copy = Copy { out: out.to_owned(), files: BTreeMap::new() };
    copy.folder("")?;
    if manifest.front {
        copy.folder("front")?;
        copy.file("front/settings.json", &front.settings_path())?;
        copy.database("front/bulletin.db", &front.bulletin())?;
        copy.database("front/register.db", &front.register())?;
    }
    if manifest.desk {
        copy.desk(&desk)?;
    }
    manifest.files = copy.files;
    let path = out.join(MANIFEST);
    let text = serde_json::to_vec_pretty(&manifest)?;
    files::write_private(&path, &text).map_err(|source| BackupError::File { path, source })?;
    Ok(manifest)
}

struct Copy {
    out: PathBuf,
    files: BTreeMap<String, Hash>,
}

impl Copy {
    fn folder(&self, name: &str) -> Result<(), BackupError> {
        let path = self.out.join(name);
        files::create_private_folder(&path).map_err(|source| BackupError::File { path, source })
    }

    fn file(&mut self, name: &str, from: &Path) -> Result<(), BackupError> {
        let bytes = fs::read(from).map_err(|source| BackupError::File { path: from.to_owned(), source })?;
        self.bytes(name, &bytes)
    }

    /// A file that only grows, up to its last whole line: it may be written to this very moment.
    fn lines(&mut self, name: &str, from: &Path) -> Result<(), BackupError> {
        if !from.is_file() {
            return Ok(());
        }
        let bytes = fs::read(from).map_err(|source| BackupError::File { path: from.to_owned(), source })?;
        let whole = bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
        self.bytes(name, bytes.get(..whole).unwrap_or_default())
    }

    fn bytes(&mut self, name: &str, bytes: &[u8]) -> Result<(), BackupError> {
        let path = self.out.join(name);
        files::write_private(&path, bytes).map_err(|source| BackupError::File { path, source })?;
        self.files.insert(name.to_owned(), Hash::of(bytes));
        Ok(())
    }

    fn database(&mut self, name: &str, from: &Path) -> Result<(), BackupError> {
        let path = self.out.join(name);
        sqlite::copy(from, &path)?;
        let bytes = fs::read(&path).map_err(|source| BackupError::File { path, source })?;
        self.files.insert(name.to_owned(), Hash::of(&bytes));
        Ok(())
    }

    /// In this order, as a desk at work writes them the other way round: what is copied first is in what comes later.
    fn desk(&mut self, desk: &DeskFolder) -> Result<(), BackupError> {
        self.folder("desk")?;
        self.file("desk/settings.json", &desk.settings_path())?;
        self.folder_of("desk/unposted", &desk.unposted(), "json")?;
        if desk.watermark().is_file() {
            self.file("desk/watermark.json", &desk.watermark())?;
        }
        self.lines("desk/audit", &desk.audit())?;
        self.lines("desk/log", &desk.log())?;
        self.lines("desk/ledger", &desk.ledger())?;
        self.folder_of("desk/keys", &desk.key_sets(), "json")
    }

    fn folder_of(&mut self, name: &str, from: &Path, extension: &str) -> Result<(), BackupError> {
        self.folder(name)?;
        if !from.is_dir() {
            return Ok(());
        }
        let failed = |source| BackupError::File { path: from.to_owned(), source };
        for entry in fs::read_dir(from).map_err(failed)? {
            let path = entry.map_err(failed)?.path();
            let file_name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            if path.extension().is_some_and(|found| found == extension) {
                self.file(&format!("{name}/{file_name}"), &path)?;
            }
        }
        Ok(())
    }
}
