//! The file's schema: made, brought up to date, and told from what another app or ministry left.

use std::path::Path;

use contract::{hash::Hash, profile::Profile};
use refinery::Target;
use rusqlite::{Connection, ErrorCode};

use super::{
    database::StoreError,
    settings::{self, Setting},
};
use crate::error::Trouble;

mod migrations {
    refinery::embed_migrations!("migrations");
}

/// The lowest schema whose app may write a file of this one: every migration since only adds. An app before this one
/// would tell the ministry another word than was said, leave those who are named behind, and not know under which id
/// they were closed.
const LOWEST_SCHEMA: u32 = 18;

#[derive(Debug, thiserror::Error)]
pub(super) enum OpenError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Migration(#[from] refinery::Error),
}

impl From<rusqlite::Error> for OpenError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Store(error.into())
    }
}

type Result<T> = std::result::Result<T, OpenError>;

/// The newest migration that this program knows.
fn newest() -> Option<i64> {
    migrations::migrations::runner().get_migrations().iter().map(|one| i64::from(one.version())).max()
}

/// Opens a file for writing, up to date.
pub(super) fn open(file: &Path, profile: &Profile) -> Result<Connection> {
    let mut connection = connect(file)?;
    bring_up_to_date(&mut connection)?;
    let lowest = settings::read(&connection, Setting::LowestSchema)?.and_then(|lowest| lowest.parse().ok());
    settings::write(&connection, Setting::LowestSchema, &LOWEST_SCHEMA.max(lowest.unwrap_or_default()).to_string())?;
    settings::write(&connection, Setting::Ministry, &profile.fingerprint().to_string())?;
    Ok(connection)
}

/// Makes every migration that a file does not have yet.
pub(super) fn bring_up_to_date(connection: &mut Connection) -> Result<()> {
    // a newer app has added what this one does not need; grouped, no migration is made and not noted
    migrations::migrations::runner().set_grouped(true).set_abort_missing(false).run(connection)?;
    Ok(())
}

/// Makes an empty file as an app of `version` would have; of this one where it is not known.
pub(super) fn make(file: &Path, version: Option<i64>) -> Result<Connection> {
    migrated(connect(file)?, version)
}

/// What an app of each version would have, the oldest first, with nothing in it.
pub(super) fn each() -> impl Iterator<Item = (i64, Result<Connection>)> {
    let in_memory = |version| migrated(Connection::open_in_memory()?, Some(version));
    (1..=newest().unwrap_or_default()).map(move |version| (version, in_memory(version)))
}

fn migrated(mut connection: Connection, version: Option<i64>) -> Result<Connection> {
    let runner = migrations::migrations::runner().set_grouped(true);
    let runner = match version.filter(|version| Some(*version) < newest()).map(TryInto::try_into) {
        Some(Ok(version)) => runner.set_target(Target::Version(version)),
        Some(Err(_)) | None => runner,
    };
    runner.run(&mut connection)?;
    Ok(connection)
}

fn connect(file: &Path) -> Result<Connection> {
    let connection = Connection::open(file)?;
    keep_private(file);
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    // what was deleted leaves the file too
    connection.pragma_update(None, "secure_delete", "ON")?;
    Ok(connection)
}

/// Closes the file to other users of the machine; SQLite gives its companion files the same rights.
#[cfg_attr(not(unix), expect(unused_variables, reason = "elsewhere a user's files are the user's by where they lie"))]
pub(super) fn keep_private(file: &Path) {
    #[cfg(unix)]
    if let Err(error) = std::fs::set_permissions(file, std::os::unix::fs::PermissionsExt::from_mode(0o600)) {
        tracing::warn!(%error, "other users of this machine may read the data file");
    }
}

/// A file that says that it is a newer app's or another ministry's is theirs.
pub(super) fn refuse(
    version: Option<i64>,
    lowest: Option<String>,
    ministry: Option<String>,
    profile: &Profile,
) -> std::result::Result<(), Trouble> {
    let lowest = lowest.and_then(|lowest| lowest.parse::<i64>().ok());
    // no app demands more than it has itself: a higher one is damaged
    let lowest = lowest.filter(|lowest| version.is_none_or(|version| *lowest <= version)).or(version);
    if lowest > newest() {
        return Err(Trouble::DataIsNewer);
    }
    if ministry.is_some_and(|ministry| is_another_s(&ministry, &profile.fingerprint().to_string())) {
        return Err(Trouble::DataOfAnotherMinistry);
    }
    Ok(())
}

/// What is no fingerprint, or has most letters of ours in their places, is ours and damaged: of two ministries'
/// one letter in sixty-four is alike.
fn is_another_s(found: &str, ours: &str) -> bool {
    let alike = found.bytes().zip(ours.bytes()).filter(|(found, ours)| found == ours).count();
    Hash::try_from(found.to_owned()).is_ok() && alike * 2 < ours.len()
}

/// Damage is what is left when nothing around the file is at fault.
pub(super) fn trouble(error: &OpenError) -> Trouble {
    let code = match error {
        OpenError::Store(StoreError::Sqlite(error)) => error.sqlite_error_code(),
        OpenError::Migration(error) => std::error::Error::source(error)
            .and_then(|source| source.downcast_ref::<rusqlite::Error>())
            .and_then(rusqlite::Error::sqlite_error_code),
        OpenError::Store(
            StoreError::Value(_)
            | StoreError::Time(_)
            | StoreError::Id(_)
            | StoreError::Aside(_)
            | StoreError::NotClosed,
        ) => None,
    };
    if code == Some(ErrorCode::DiskFull) {
        Trouble::DiskFull
    } else if matches!(
        code,
        Some(
            ErrorCode::CannotOpen
                | ErrorCode::ReadOnly
                | ErrorCode::PermissionDenied
                | ErrorCode::SystemIoFailure
                | ErrorCode::DatabaseBusy
                | ErrorCode::DatabaseLocked
                | ErrorCode::OutOfMemory
        )
    ) {
        Trouble::FolderNotWritable
    } else {
        Trouble::DataDamaged
    }
}
