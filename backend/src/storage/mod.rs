//! Where the log and the register are kept: a folder a database, both traits in each.

pub mod sqlite;

use std::{path::PathBuf, sync::Arc};

type Cause = Arc<dyn std::error::Error + Send + Sync>;

/// What any database may answer instead.
#[derive(Debug, Clone, thiserror::Error)]
pub enum StorageError {
    #[error("there is no database at {0}; make a ministry with `ministry init`")]
    Missing(PathBuf),
    #[error("{0} is not a database that this program made; it was left untouched")]
    Foreign(PathBuf),
    #[error("the database {path} cannot be opened")]
    Open {
        path: PathBuf,
        #[source]
        source: Box<StorageError>,
    },
    #[error("the database is of version {found}, newer than this program, which knows {known}; it was left untouched")]
    Newer { found: u32, known: u32 },
    #[error("the database could not be brought to this program's version")]
    Migration(#[source] Cause),
    #[error("the database failed")]
    Failed(#[source] Cause),
    #[error("the database's thread could not be started")]
    Thread(#[source] Arc<std::io::Error>),
    #[error("the write failed in a way that it should not")]
    Panicked,
    #[error("the database has stopped")]
    Stopped,
}
