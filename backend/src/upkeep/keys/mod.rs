//! What is secret of a ministry, a second time: sealed into one file that papers open, and put back from it.

pub mod papers;
pub mod sealed;

use std::{
    fmt, io,
    path::{Path, PathBuf},
};

use super::{
    here::{Here, HereError, is_here},
    staged::{Staged, StagedError},
};
use crate::{
    desk::folder::{DeskFolder, DeskLock, FolderError},
    files,
    front::{
        FrontError,
        folder::{Folder, FolderLock},
    },
};
use sealed::Contents;

#[derive(Debug, thiserror::Error)]
pub enum KeysError {
    #[error(transparent)]
    Here(#[from] HereError),
    #[error("{path} cannot be read")]
    Read {
        path: PathBuf,
        #[source]
        source: io::Error,
    },
    #[error("{path} cannot be made")]
    Make {
        path: PathBuf,
        #[source]
        source: io::Error,
    },
    #[error("{0} is no file of a ministry's secrets")]
    Foreign(String),
    #[error("{0} is not here as it is in the sealed file, so it was not taken away")]
    OtherRoot(String),
    #[error("no root key is in the sealed file")]
    NoRoot,
    #[error("{path} cannot be taken away")]
    Remove {
        path: PathBuf,
        #[source]
        source: io::Error,
    },
    #[error(transparent)]
    Staged(#[from] StagedError),
    #[error(transparent)]
    Desk(#[from] FolderError),
    #[error(transparent)]
    Front(#[from] FrontError),
}

/// A part of a ministry, each on a machine of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Part {
    Desk,
    Front,
}

impl Part {
    pub const ALL: [Self; 2] = [Self::Desk, Self::Front];

    /// The one that a file is of.
    fn of(name: &str) -> Result<Self, KeysError> {
        let part = Self::ALL.into_iter().find(|part| {
            let within = name.strip_prefix(&format!("{part}/"));
            within.is_some_and(is_secret)
        });
        part.ok_or_else(|| KeysError::Foreign(name.to_owned()))
    }
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Desk => "desk",
            Self::Front => "front",
        })
    }
}

/// The parts that files are of.
///
/// # Errors
/// One is of none.
pub fn parts_of(names: &[String]) -> Result<Vec<Part>, KeysError> {
    let parts: Vec<_> = names.iter().map(|name| Part::of(name)).collect::<Result<_, _>>()?;
    Ok(Part::ALL.into_iter().filter(|part| parts.contains(part)).collect())
}

/// Whether a part's file of this name is in no copy, or only believed where it lay apart from them.
fn is_secret(within: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    let ends = [".key", ".credential"].iter().any(|end| within.ends_with(end));
    within.bytes().all(is_plain) && (ends || within == "store.salt" || within == "settings.json")
}

/// Whoever has it can make key sets; the desk's daily work needs none.
pub fn is_root(name: &str) -> bool {
    name.starts_with("desk/root-")
}

/// All that is secret of the parts that are here.
///
/// # Errors
/// None is, or a file cannot be read.
pub fn secrets(data: &Path) -> Result<Contents, KeysError> {
    let mut contents = Contents::new();
    for (part, folder) in Here::of(data)?.parts() {
        let Some(folder) = folder else { continue };
        let failed = |path: &Path| {
            let path = path.to_owned();
            move |source| KeysError::Read { path, source }
        };
        for entry in std::fs::read_dir(folder).map_err(failed(folder))? {
            let within = entry.map_err(failed(folder))?.file_name().to_string_lossy().into_owned();
            if is_secret(&within) {
                let path = folder.join(&within);
                let text = files::read_text(&path).map_err(failed(&path))?;
                contents.insert(format!("{part}/{within}"), text.into());
            }
        }
    }
    Ok(contents)
}

/// How a file of the sealed ones is found in the ministry's folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    Same,
    Another,
    Nothing,
}

fn found(data: &Path, name: &str, text: &str) -> Result<Found, KeysError> {
    let path = data.join(name);
    match path.symlink_metadata() {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Found::Nothing),
        Err(source) => return Err(KeysError::Read { path, source }),
        Ok(_) => {}
    }
    match files::read_text(&path) {
        Ok(held) if held == text => Ok(Found::Same),
        Ok(_) => Ok(Found::Another),
        Err(source) => Err(KeysError::Read { path, source }),
    }
}

/// Holds every sealed file against what is here.
///
/// # Errors
/// One cannot be read, or is of no ministry.
pub fn compare<'a>(data: &Path, contents: &'a Contents) -> Result<Vec<(&'a str, Found)>, KeysError> {
    let compared = contents.iter().map(|(name, text)| {
        Part::of(name)?;
        Ok((name.as_str(), found(data, name, text)?))
    });
    compared.collect()
}

/// Puts back what is sealed of these parts and is not here: all of it, or none. What is here stays. Answers how each was
/// found.
///
/// # Errors
/// Somebody is at work there, a file cannot be read or written, or is of no ministry.
pub fn put_back(data: &Path, contents: Contents, held: Held) -> Result<Vec<(String, Found)>, KeysError> {
    let held = held.whole(data)?;
    let mut staged = Staged::default();
    let mut answered = Vec::new();
    // the settings are last: without them nobody begins to work, and makes a new store key in the place of the one to come
    let (settings, keys): (Vec<_>, Vec<_>) = contents.into_iter().partition(|(name, _)| name.ends_with(".json"));
    for (name, text) in keys.into_iter().chain(settings) {
        Part::of(&name)?;
        let found = found(data, &name, &text)?;
        if found == Found::Nothing {
            staged.add(data.join(&name), |partial| files::write_private(partial, text.as_bytes()))?;
        }
        answered.push((name, found));
    }
    staged.put()?;
    drop(held);
    Ok(answered)
}

/// Parts on which nobody else is at work.
pub struct Held {
    parts: Vec<Part>,
    desk: Option<DeskLock>,
    front: Option<FolderLock>,
}

impl Held {
    /// Those that are here; the others are made when something is put back.
    ///
    /// # Errors
    /// Somebody is at work on one.
    pub fn of(data: &Path, parts: Vec<Part>) -> Result<Self, KeysError> {
        let mut held = Self { parts, desk: None, front: None };
        held.lock(data)?;
        Ok(held)
    }

    fn whole(mut self, data: &Path) -> Result<Self, KeysError> {
        for part in &self.parts {
            let path = data.join(part.to_string());
            if !is_here(&path)? {
                files::create_private_folder(&path).map_err(|source| KeysError::Make { path, source })?;
            }
        }
        self.lock(data)?;
        Ok(self)
    }

    fn lock(&mut self, data: &Path) -> Result<(), KeysError> {
        let (desk, front) = (DeskFolder::of(data), Folder::of(data));
        if self.parts.contains(&Part::Desk) && self.desk.is_none() && is_here(desk.path())? {
            self.desk = Some(desk.lock()?);
        }
        if self.parts.contains(&Part::Front) && self.front.is_none() && is_here(front.path())? {
            self.front = Some(front.lock()?);
        }
        Ok(())
    }
}

/// Takes the root keys off this machine, each of which is here as it is in the sealed file. Answers which.
///
/// # Errors
/// None is sealed, one here is another, or cannot be removed.
pub fn take_root_away(data: &Path, contents: &Contents) -> Result<Vec<String>, KeysError> {
    let roots: Vec<_> = compare(data, contents)?.into_iter().filter(|(name, _)| is_root(name)).collect();
    if roots.is_empty() {
        return Err(KeysError::NoRoot);
    }
    if let Some((other, _)) = roots.iter().find(|(_, found)| *found != Found::Same) {
        return Err(KeysError::OtherRoot((*other).to_owned()));
    }
    for (name, _) in &roots {
        let path = data.join(name);
        files::remove(&path).map_err(|source| KeysError::Remove { path, source })?;
    }
    Ok(roots.into_iter().map(|(name, _)| name.to_owned()).collect())
}
