//! A copy as it lies somewhere: plain files, and `manifest.json`, which lists each with its hash. Nothing in it is
//! signed: what is read of it is held against what is there.

use std::{
    collections::BTreeMap,
    fs::File,
    io,
    path::{Path, PathBuf},
};

use contract::hash::Hash;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{desk::folder::DeskFolder, files};

/// The name of the list of what is in a copy.
pub const MANIFEST: &str = "manifest.json";

/// What a front's part of a copy has.
pub const FRONT: [&str; 3] = ["front/settings.json", "front/bulletin.db", "front/register.db"];

/// What a desk's part has in any case.
const DESK: [&str; 3] = ["desk/settings.json", "desk/log", "desk/ledger"];

#[derive(Debug, thiserror::Error)]
pub enum CopyError {
    #[error("{path} cannot be read")]
    File {
        path: PathBuf,
        #[source]
        source: io::Error,
    },
    #[error("the copy's manifest.json is not what it should be")]
    Manifest(#[source] serde_json::Error),
    #[error("{0} of the copy is not what was copied")]
    Altered(String),
    #[error("{0} is in no copy that was made here")]
    Foreign(String),
    #[error("{0} is not in the copy")]
    Missing(&'static str),
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

/// A copy whose every file is what its list says.
pub struct Copy {
    folder: PathBuf,
    pub manifest: Manifest,
    /// SHA-256 of the list: whoever kept it knows the whole copy by it.
    pub hash: Hash,
}

impl Copy {
    /// Reads the list, and every file against it.
    ///
    /// # Errors
    /// It is not whole, or has in it what no copy has.
    pub fn open(folder: &Path) -> Result<Self, CopyError> {
        let path = folder.join(MANIFEST);
        let text = files::read_text(&path).map_err(|source| CopyError::File { path, source })?;
        let manifest: Manifest = serde_json::from_str(&text).map_err(CopyError::Manifest)?;
        let front = FRONT.into_iter().filter(|_| manifest.front);
        let desk = DESK.into_iter().filter(|_| manifest.desk);
        if let Some(missing) = front.chain(desk).find(|name| !manifest.files.contains_key(*name)) {
            return Err(CopyError::Missing(missing));
        }
        let copy = Self { folder: folder.to_owned(), manifest, hash: Hash::of(text.as_bytes()) };
        for (name, hash) in &copy.manifest.files {
            if !is_of_a_copy(name) {
                return Err(CopyError::Foreign(name.clone()));
            }
            let read = copy.file(name).and_then(files::hash);
            if read.map_err(|source| CopyError::File { path: copy.path(name), source })? != *hash {
                return Err(CopyError::Altered(name.clone()));
            }
        }
        Ok(copy)
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// The files that the desk lost, by their paths in its folder: what lasts, and with it, where the ledger or the log
    /// is among it, what comes and goes. The ledger is last, as it says that a desk is there.
    pub fn lost_of(&self, desk: &DeskFolder) -> Vec<(&str, &str)> {
        let names = self.manifest.files.keys();
        let files = names.filter_map(|name| Some((name.as_str(), name.strip_prefix("desk/")?)));
        let mut lost: Vec<_> = files.filter(|(_, within)| !desk.path().join(within).exists()).collect();
        if desk.must_be_whole().is_ok() {
            lost.retain(|(_, within)| !comes_and_goes(within));
        }
        lost.sort_by_key(|(_, within)| *within == "ledger");
        lost
    }

    /// Copies one file to a new place.
    ///
    /// # Errors
    /// It has changed since it was looked at, or cannot be written.
    pub fn put(&self, name: &str, to: &Path) -> io::Result<()> {
        let hash = files::copy_private(self.file(name)?, to)?;
        if self.manifest.files.get(name) == Some(&hash) { Ok(()) } else { Err(io::Error::other("it has changed")) }
    }

    fn file(&self, name: &str) -> io::Result<File> {
        files::open_within(&self.folder, name)
    }
}

/// Whether a file of this name is made by `backup`: no path that leads elsewhere, and no secret, is.
pub fn is_of_a_copy(name: &str) -> bool {
    match name.split('/').collect::<Vec<_>>().as_slice() {
        ["desk", "keys" | "unposted", file] => is_numbered(file),
        ["desk", "watermark.json" | "audit" | "desk.db"] => true,
        _ => FRONT.contains(&name) || DESK.contains(&name),
    }
}

/// What waited is posted meanwhile, and a watermark is signed anew: a desk that knows more than its copy is whole without.
fn comes_and_goes(within: &str) -> bool {
    within == "watermark.json" || within.starts_with("unposted/")
}

/// `1.json`
fn is_numbered(file: &str) -> bool {
    let number = file.strip_suffix(".json").unwrap_or_default();
    !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
}
