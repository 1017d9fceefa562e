//! Mending what a wrong clock left behind.

use std::path::Path;

use jiff::Timestamp;

use super::{
    here::{Here, HereError},
    prove,
};
use crate::{
    desk::{Desk, folder::FolderError, watermark::WatermarkError},
    front::FrontError,
    log::{LogError, LogStore},
    storage::sqlite::{Database, Schema, SqliteLog},
};

#[derive(Debug, thiserror::Error)]
pub enum RepairError {
    #[error(transparent)]
    Here(#[from] HereError),
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
    let here = Here::of(data)?;
    let mut done = Vec::new();
    if let Some(front) = &here.front {
        let _lock = front.lock()?;
        front.must_be_whole()?;
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
    if let Some(desk) = &here.desk {
        let mut open = Desk::open(desk)?;
        done.push(format!("desk: {} frames, each as it was kept", open.log().newest().seq));
        done.push(if open.forget_the_future(now)? {
            "desk: a watermark that was signed ahead of the clock is forgotten".to_owned()
        } else {
            "desk: nothing was signed ahead of the clock".to_owned()
        });
    }
    done.extend(here.absent());
    Ok(done)
}
