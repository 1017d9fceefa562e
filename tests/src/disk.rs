//! A folder on a disk that may lose power: what was written and not synced may be there, or not, or in part.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use rand::{Rng, RngExt};
use tempfile::TempDir;

use crate::{Result, recording::Event};

/// What a disk writes whole or not at all.
const SECTOR: usize = 512;

/// A folder where nothing waits for a disk.
///
/// # Errors
/// It cannot be made.
pub fn folder() -> Result<TempDir> {
    let memory = Path::new("/dev/shm");
    Ok(if memory.is_dir() { tempfile::tempdir_in(memory)? } else { TempDir::new()? })
}

#[derive(Debug, Clone)]
enum Change {
    Written { at: usize, bytes: Vec<u8> },
    Truncated(usize),
}

#[derive(Debug, Clone, Default)]
struct File {
    durable: Vec<u8>,
    /// Not synced, in order.
    pending: Vec<Change>,
}

pub struct Disk {
    folder: PathBuf,
    files: Vec<File>,
    /// The file of each name, as programs see it.
    names: BTreeMap<String, usize>,
    /// The same, as it was when the folder was last synced.
    durable_names: BTreeMap<String, usize>,
}

impl Disk {
    /// Nothing is in `folder` yet.
    pub fn empty(folder: &Path) -> Self {
        let (names, durable_names) = (BTreeMap::new(), BTreeMap::new());
        Self { folder: folder.to_owned(), files: Vec::new(), names, durable_names }
    }

    /// The files of `folder` as they are, all of them durable.
    ///
    /// # Errors
    /// They cannot be read.
    pub fn of(folder: &Path) -> Result<Self> {
        let mut disk = Self::empty(folder);
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let name = entry.file_name().into_string().map_err(|_| "a name that is no text")?;
            disk.names.insert(name, disk.files.len());
            disk.files.push(File { durable: fs::read(entry.path())?, pending: Vec::new() });
        }
        disk.durable_names = disk.names.clone();
        Ok(disk)
    }

    /// The name of a file in this folder; what is shared in memory alone is none.
    fn name<'a>(&self, path: &'a Path) -> Option<&'a str> {
        let name = path.strip_prefix(&self.folder).ok()?.to_str()?;
        Some(name).filter(|name| !name.is_empty() && !name.ends_with("-shm"))
    }

    fn file(&mut self, path: &Path) -> Result<Option<&mut File>> {
        let Some(name) = self.name(path) else { return Ok(None) };
        let index = *self.names.get(name).ok_or_else(|| format!("{name} is written, and was never made"))?;
        Ok(self.files.get_mut(index))
    }

    /// # Errors
    /// It changes this folder in a way that is not understood.
    pub fn take(&mut self, event: &Event) -> Result {
        match event {
            Event::Made(path) => {
                if let Some(name) = self.name(path)
                    && !self.names.contains_key(name)
                {
                    self.names.insert(name.to_owned(), self.files.len());
                    self.files.push(File::default());
                }
            }
            Event::Written { file, at, bytes } => {
                if let Some(file) = self.file(file)? {
                    file.pending.push(Change::Written { at: *at, bytes: bytes.clone() });
                }
            }
            Event::Truncated { file, len } => {
                if let Some(file) = self.file(file)? {
                    file.pending.push(Change::Truncated(*len));
                }
            }
            Event::Synced(path) if *path == self.folder => self.durable_names.clone_from(&self.names),
            Event::Synced(path) => {
                if let Some(file) = self.file(path)? {
                    let pending = std::mem::take(&mut file.pending);
                    pending.into_iter().for_each(|change| change.apply(&mut file.durable, |_| true));
                }
            }
            Event::Removed(path) => {
                if let Some(name) = self.name(path) {
                    self.names.remove(name);
                }
            }
            Event::Sent { to, bytes } => {
                if let Some(file) = self.file(Path::new(to))? {
                    let at = file.as_programs_see_it().len();
                    file.pending.push(Change::Written { at, bytes: bytes.clone() });
                }
            }
            Event::Heard { .. } => {}
        }
        Ok(())
    }

    /// The power is cut now: what the disk holds then, written into `folder`.
    ///
    /// # Errors
    /// It cannot be written there.
    pub fn cut(&self, rng: &mut impl Rng, folder: &Path) -> Result {
        fs::create_dir_all(folder)?;
        let names: BTreeSet<&String> = self.names.keys().chain(self.durable_names.keys()).collect();
        for name in names {
            let either = if rng.random() { &self.names } else { &self.durable_names };
            if let Some(file) = either.get(name).and_then(|index| self.files.get(*index)) {
                fs::write(folder.join(name), file.after_a_cut(rng))?;
            }
        }
        Ok(())
    }
}

impl File {
    fn as_programs_see_it(&self) -> Vec<u8> {
        let mut bytes = self.durable.clone();
        self.pending.iter().for_each(|change| change.clone().apply(&mut bytes, |_| true));
        bytes
    }

    /// Of what is not synced all, nothing, or some sectors.
    fn after_a_cut(&self, rng: &mut impl Rng) -> Vec<u8> {
        let kept = [0.0, 1.0, rng.random()][rng.random_range(0..3)];
        let mut bytes = self.durable.clone();
        for change in &self.pending {
            change.clone().apply(&mut bytes, |_| rng.random_bool(kept));
        }
        bytes
    }
}

impl Change {
    /// Changes what of it `reaches` the disk, a sector at a time.
    fn apply(self, file: &mut Vec<u8>, mut reaches: impl FnMut(usize) -> bool) {
        match self {
            Self::Truncated(len) => {
                if reaches(len / SECTOR) {
                    file.resize(len, 0);
                }
            }
            Self::Written { at, bytes } => {
                let mut from = 0;
                while from < bytes.len() {
                    let sector = (at + from) / SECTOR;
                    let until = ((sector + 1) * SECTOR - at).min(bytes.len());
                    if reaches(sector) {
                        let end = at + until;
                        // what lies between and did not reach the disk reads as zeros
                        file.resize(file.len().max(end), 0);
                        file[at + from..end].copy_from_slice(&bytes[from..until]);
                    }
                    from = until;
                }
            }
        }
    }
}
