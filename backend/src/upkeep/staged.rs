//! Files beside the places where they will be, until all of them are there.

use std::{
    io,
    path::{Path, PathBuf},
};

use crate::files;

#[derive(Debug, thiserror::Error)]
#[error("{path} cannot be written")]
pub struct StagedError {
    path: PathBuf,
    source: io::Error,
}

#[derive(Default)]
pub struct Staged(Vec<(PathBuf, PathBuf)>);

impl Staged {
    /// Lets `make` write the file that will be at `to`.
    ///
    /// # Errors
    /// It cannot.
    pub fn add(&mut self, to: PathBuf, make: impl FnOnce(&Path) -> io::Result<()>) -> Result<(), StagedError> {
        // by its whole name: `store.key` and `store.salt` may both come
        let mut partial = to.clone().into_os_string();
        partial.push(".partial");
        let partial = PathBuf::from(partial);
        self.0.push((partial.clone(), to));
        let made = files::remove(&partial).and_then(|()| make(&partial));
        made.map_err(|source| StagedError { path: partial, source })
    }

    /// Moves each to its place, in the order in which they came.
    ///
    /// # Errors
    /// One cannot be moved.
    pub fn put(self) -> Result<(), StagedError> {
        for (partial, to) in &self.0 {
            std::fs::rename(partial, to).map_err(|source| StagedError { path: to.clone(), source })?;
        }
        Ok(())
    }
}

impl Drop for Staged {
    fn drop(&mut self) {
        for (partial, _) in &self.0 {
            // what is left is overwritten by the next one
            drop(files::remove(partial));
        }
    }
}
