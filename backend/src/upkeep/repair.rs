//! Mending what a wrong clock left behind.

use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::prove;
use crate::{
    desk::{
        Desk,
        folder::{DeskFolder, FolderError},
        watermark::WatermarkError,
    },
    front::{FrontError, folder::Folder},
    log::{LogError, LogStore},
    storage::sqlite::{Database, Schema, SqliteLog},
};

#[derive(Debug, thiserror::Error)]
pub enum RepairError {
    #[error("there is neither a front nor a desk in {0}")]
    Nothing(PathBuf),
    #[error(transparent)]
    Front(#[from] FrontError),
    #[error("the log cannot be mended: put a copy back by `ministry restore`")]
    Log(#[from] LogError),
    #[error(transparent)]
    Desk(#[from] FolderError),
    #[error(transparent)]
    Watermark(#[from] WatermarkError),
}

/// What was done, in words.
///
/// # Errors
/// The front is at work, or its log is not what was appended.
pub async fn repair(data: &Path, now: Timestamp) -> Result<Vec<String>, RepairError> {
    let (front, desk) = (Folder::of(data), DeskFolder::of(data));
    if !front.path().is_dir() && !desk.path().is_dir() {
        return Err(RepairError::Nothing(data.to_owned()));
    }
    let mut done = Vec::new();
    if front.path().is_dir() {
        let _lock = front.lock()?;
        let settings = front.settings()?;
        let database = Database::open(&front.bulletin(), Schema::Bulletin).map_err(FrontError::from)?;
        let store = SqliteLog::new(database);
        let (_, position) = prove(&store, &settings.roots).await?;
        done.push(format!("front: {} frames, each as it was appended", position.seq));
        let forgotten = store.forget_the_future(now).await?;
        done.push(match forgotten {
            0 => "front: nothing was signed ahead of the clock".to_owned(),
            some => format!("front: {some} statements that were signed ahead of the clock are forgotten"),
        });
    }
    if desk.path().is_dir() {
        let mut open = Desk::open(&desk)?;
        done.push(format!("desk: {} frames, each as it was kept", open.log().newest().seq));
        done.push(if open.forget_the_future(now)? {
            "desk: a watermark that was signed ahead of the clock is forgotten".to_owned()
        } else {
            "desk: nothing was signed ahead of the clock".to_owned()
        });
    }
    for (part, path) in [("front", front.path()), ("desk", desk.path())] {
        if !path.is_dir() {
            done.push(format!("{part}: not here"));
        }
    }
    Ok(done)
}
