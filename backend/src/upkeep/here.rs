//! Which parts of a ministry are here.

use std::{
    io,
    path::{Path, PathBuf},
};

use crate::{desk::folder::DeskFolder, files, front::folder::Folder};

#[derive(Debug, thiserror::Error)]
pub enum HereError {
    #[error("there is neither a front nor a desk in {0}")]
    Nothing(PathBuf),
    #[error("{path} is no part of a ministry")]
    NoFolder {
        path: PathBuf,
        #[source]
        source: io::Error,
    },
}

/// The parts that are here: one of them at least.
pub struct Here {
    pub front: Option<Folder>,
    pub desk: Option<DeskFolder>,
}

impl Here {
    /// # Errors
    /// Neither is, or something else is in the place of one.
    pub fn of(data: &Path) -> Result<Self, HereError> {
        let (front, desk) = (Folder::of(data), DeskFolder::of(data));
        let front = if is_here(front.path())? { Some(front) } else { None };
        let desk = if is_here(desk.path())? { Some(desk) } else { None };
        if front.is_none() && desk.is_none() {
            return Err(HereError::Nothing(data.to_owned()));
        }
        Ok(Self { front, desk })
    }

    /// Each part by its name, and where it is, if it is here.
    pub fn parts(&self) -> [(&'static str, Option<&Path>); 2] {
        [("front", self.front.as_ref().map(Folder::path)), ("desk", self.desk.as_ref().map(DeskFolder::path))]
    }

    /// What is said of each that is not.
    pub fn absent(&self) -> impl Iterator<Item = String> {
        let absent = self.parts().into_iter().filter(|(_, path)| path.is_none());
        absent.map(|(part, _)| format!("{part}: not here"))
    }
}

/// # Errors
/// Something else is in the place of a part.
pub fn is_here(part: &Path) -> Result<bool, HereError> {
    files::has_folder(part).map_err(|source| HereError::NoFolder { path: part.to_owned(), source })
}
