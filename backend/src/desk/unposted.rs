//! `desk/unposted`: signed entries that the front does not have yet, in the order of their signing.

use std::{
    io,
    path::{Path, PathBuf},
};

use super::ledger::Signed;
use crate::files;

pub struct Unposted(PathBuf);

impl Unposted {
    pub fn open(path: &Path) -> io::Result<Self> {
        if !path.is_dir() {
            files::create_private_folder(path)?;
        }
        Ok(Self(path.to_owned()))
    }

    /// Keeps an entry after all that wait; one that waits already keeps its place.
    pub fn keep(&self, signed: &Signed) -> io::Result<()> {
        let waiting = self.waiting()?;
        if waiting.iter().any(|(_, held)| held.entry == signed.entry) {
            return Ok(());
        }
        let last = waiting.last().and_then(|(path, _)| number(path)).unwrap_or(0);
        let text = serde_json::to_vec(signed)?;
        let name = self.0.join(format!("{:08}.json", last + 1));
        files::replace_private(&name, &text)
    }

    /// What waits, oldest first.
    pub fn waiting(&self) -> io::Result<Vec<(PathBuf, Signed)>> {
        let mut paths = Vec::new();
        for file in std::fs::read_dir(&self.0)? {
            let path = file?.path();
            if path.extension().is_some_and(|extension| extension == "json") {
                paths.push(path);
            }
        }
        paths.sort();
        paths.into_iter().map(read).collect()
    }

    pub fn posted(&self, path: &Path) -> io::Result<()> {
        std::fs::remove_file(path)
    }

    /// Sets aside what the front will never take, so that it does not bar the way.
    pub fn refused(&self, path: &Path) -> io::Result<PathBuf> {
        let aside = path.with_extension("refused");
        std::fs::rename(path, &aside)?;
        Ok(aside)
    }
}

fn read(path: PathBuf) -> io::Result<(PathBuf, Signed)> {
    let named = |error: io::Error| io::Error::new(error.kind(), format!("{}: {error}", path.display()));
    let text = files::read_text(&path).map_err(named)?;
    let signed = serde_json::from_str(&text).map_err(|error| named(error.into()))?;
    Ok((path, signed))
}

fn number(path: &Path) -> Option<u64> {
    path.file_stem()?.to_str()?.parse().ok()
}
