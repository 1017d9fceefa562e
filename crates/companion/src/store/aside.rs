//! Damaged files that were set aside: whole, under other names, the newest few. They hold what is private, so each is
//! closed as a whole under the key of names, like what it holds.

use std::{
    collections::BTreeSet,
    ffi::OsString,
    fs, io,
    path::{Path, PathBuf},
};

use jiff::{Timestamp, civil::DateTime, tz::TimeZone};
use serde::Serialize;
use ts_rs::TS;

use super::{
    database::{Result, Store},
    files::{make_private, remove, sync_folder},
    names::Keys,
    schema,
};

/// Damaged files that are kept.
const MOST_KEPT: usize = 2;
/// SQLite's companion files of a database, and itself.
pub(super) const PARTS: [&str; 3] = ["", "-wal", "-shm"];
/// What follows the name of the data file, and then when it was set aside and its number of that moment.
const DAMAGED: &str = ".damaged-";
const AT: &str = "%Y%m%dT%H%M%SZ";
/// What is closed ends so.
const CLOSED: &str = ".closed";

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(rename = "Aside")]
pub struct Aside {
    /// Tells it from the others.
    pub name: String,
    /// When it was found damaged; absent where its name does not say.
    #[ts(type = "string | null")]
    pub at: Option<Timestamp>,
    /// All its parts together.
    #[ts(type = "number")]
    pub bytes: u64,
}

pub(super) fn beside(file: &Path, ending: &str) -> PathBuf {
    let mut name = OsString::from(file);
    name.push(ending);
    name.into()
}

/// Moves the file and its companions away, the file first; over no other, and only the newest stay.
pub(super) fn set_aside(file: &Path, now: Timestamp) -> io::Result<()> {
    let at = now.to_zoned(TimeZone::UTC).strftime(AT);
    let name = |count: u32| beside(file, &format!("{DAMAGED}{at}-{count}"));
    let mut count = 1;
    while parts(&name(count)).iter().any(|part| part.exists()) {
        count += 1;
    }
    for part in PARTS {
        let from = beside(file, part);
        if from.exists() {
            schema::keep_private(&from);
            fs::rename(from, beside(&name(count), part))?;
        }
    }
    let aside = all(file)?;
    aside.iter().rev().skip(MOST_KEPT).try_for_each(|old| forget(old))
}

/// Removes all that were set aside: what is private in them is to be forgotten.
pub(super) fn remove_all(file: &Path) -> io::Result<()> {
    all(file)?.iter().try_for_each(|old| forget(old))
}

/// Closes what stands open of them: an app before this one closed none, nor names in its data. What cannot be closed now
/// is at the next start.
pub(super) fn close_all(file: &Path, keys: &Keys) {
    let close_one = |old: &PathBuf| PARTS.iter().try_for_each(|part| close(&beside(old, part), keys));
    if let Err(error) = all(file).and_then(|all| all.iter().try_for_each(close_one)) {
        tracing::error!(%error, "a damaged file that was set aside stands open");
    }
}

fn place(file: &Path) -> String {
    file.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// The closed one is whole and durable before the open one goes.
fn close(open: &Path, keys: &Keys) -> io::Result<()> {
    if !open.exists() {
        return Ok(());
    }
    let not_closed = || io::Error::other("it could not be closed");
    let bytes = keys.close(["aside", "file", &place(open)], &fs::read(open)?).ok_or_else(not_closed)?;
    let (begun, closed) = (beside(open, ".closing"), beside(open, CLOSED));
    remove(&begun)?;
    make_private(&begun, &bytes)?;
    fs::rename(&begun, &closed)?;
    sync_folder(&closed)?;
    remove(open)
}

/// All files that one that was set aside may consist of.
fn parts(aside: &Path) -> Vec<PathBuf> {
    let open = PARTS.map(|part| beside(aside, part));
    open.iter().flat_map(|open| [open.clone(), beside(open, CLOSED), beside(open, ".closing")]).collect()
}

fn forget(aside: &Path) -> io::Result<()> {
    parts(aside).iter().try_for_each(|part| remove(part))
}

/// Those that were set aside, the oldest first, without the endings of their parts.
fn all(file: &Path) -> io::Result<BTreeSet<PathBuf>> {
    let (Some(folder), Some(name)) = (file.parent(), file.file_name()) else { return Ok(BTreeSet::new()) };
    let beginning = format!("{}{DAMAGED}", name.to_string_lossy());
    let mut found = BTreeSet::new();
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if name.starts_with(&beginning) {
            let open = name.strip_suffix(CLOSED).or(name.strip_suffix(".closing")).unwrap_or(&name);
            let base = PARTS.iter().rev().find_map(|part| open.strip_suffix(part)).unwrap_or(open);
            found.insert(folder.join(base));
        }
    }
    Ok(found)
}

/// What its name says beyond that of the data file.
fn name_of(aside: &Path) -> String {
    place(aside).split_once(DAMAGED).map(|(_, name)| name.to_owned()).unwrap_or_default()
}

fn look_at(aside: &Path) -> Aside {
    let name = name_of(aside);
    let at = name.rsplit_once('-').and_then(|(at, _)| DateTime::strptime(AT, at).ok());
    let length = |part: PathBuf| fs::metadata(part).map_or(0, |metadata| metadata.len());
    Aside {
        at: at.and_then(|at| at.to_zoned(TimeZone::UTC).ok()).map(|at| at.timestamp()),
        bytes: parts(aside).into_iter().map(length).sum(),
        name,
    }
}

impl Store {
    /// Those that were set aside, the oldest first.
    pub fn aside(&self) -> Result<Vec<Aside>> {
        Ok(self.all_aside()?.iter().map(|aside| look_at(aside)).collect())
    }

    /// The parts of one, each with its name, closed as they are; none where there is no such. What stood open is closed
    /// first.
    pub fn aside_files(&self, name: &str) -> Result<Vec<(String, Vec<u8>)>> {
        let Some(aside) = self.one_aside(name)? else { return Ok(Vec::new()) };
        let mut files = Vec::new();
        for part in PARTS {
            let open = beside(&aside, part);
            close(&open, &self.keys)?;
            let closed = beside(&open, CLOSED);
            if closed.exists() {
                files.push((place(&closed), fs::read(closed)?));
            }
        }
        Ok(files)
    }

    /// Removes one. False where there is no such.
    pub fn erase_aside(&self, name: &str) -> Result<bool> {
        let Some(aside) = self.one_aside(name)? else { return Ok(false) };
        forget(&aside)?;
        Ok(true)
    }

    fn one_aside(&self, name: &str) -> Result<Option<PathBuf>> {
        Ok(self.all_aside()?.into_iter().find(|aside| name_of(aside) == name))
    }

    fn all_aside(&self) -> Result<BTreeSet<PathBuf>> {
        let connection = self.lock();
        Ok(connection.path().map_or(Ok(BTreeSet::new()), |file| all(Path::new(file)))?)
    }
}

#[cfg(test)]
impl Store {
    /// Of those that were set aside the database files, opened, the oldest first.
    pub(crate) fn opened_aside(&self) -> Vec<Vec<u8>> {
        use super::names::Opened;
        let connection = self.lock();
        let files = all(Path::new(connection.path().unwrap())).unwrap();
        let opened = |open: &PathBuf| {
            assert!(!open.exists(), "it stands open");
            let closed = fs::read(beside(open, CLOSED)).unwrap();
            match self.keys.open(["aside", "file", &place(open)], &closed) {
                Opened::Plain(bytes) => bytes,
                Opened::KeyGone | Opened::Damaged => panic!("it cannot be opened"),
            }
        };
        files.iter().map(opened).collect()
    }
}
