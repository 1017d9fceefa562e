//! Opening the file: private, migrated, this ministry's own; one that is not is left as it was.

use std::{fs, path::Path};

use contract::profile::Profile;
use rusqlite::{Connection, ErrorCode, OpenFlags, OptionalExtension};

use super::{
    database::{Store, StoreError},
    settings::{self, Setting},
};
use crate::error::Trouble;

mod migrations {
    refinery::embed_migrations!("migrations");
}

/// The lowest schema whose app may write a file of this one: every migration since only adds.
const LOWEST_SCHEMA: u32 = 1;

impl Store {
    /// Opens `folder/saparlas.db`, making both where they are missing.
    /// A file that is newer than this program or belongs to another ministry is left untouched.
    pub fn open(folder: &Path, profile: &Profile) -> std::result::Result<Self, Trouble> {
        make_private(folder).map_err(|error| {
            tracing::error!(%error, "the data folder cannot be made");
            Trouble::FolderNotWritable
        })?;
        let file = folder.join("saparlas.db");
        if file.exists() {
            refuse_foreign(&file, profile)?;
        }
        let connection = open_for_writing(&file, profile).map_err(|error| {
            tracing::error!(%error, "the store cannot be opened");
            trouble(&error)
        })?;
        Ok(Self::new(connection))
    }
}

#[derive(Debug, thiserror::Error)]
enum OpenError {
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

fn open_for_writing(file: &Path, profile: &Profile) -> std::result::Result<Connection, OpenError> {
    let mut connection = Connection::open(file)?;
    keep_private(file);
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    // what was deleted leaves the file too
    connection.pragma_update(None, "secure_delete", "ON")?;
    // a newer app has added what this one does not need; grouped, no migration is made and not noted
    migrations::migrations::runner().set_grouped(true).set_abort_missing(false).run(&mut connection)?;
    let lowest = settings::read(&connection, Setting::LowestSchema)?.and_then(|lowest| lowest.parse().ok());
    settings::write(&connection, Setting::LowestSchema, &LOWEST_SCHEMA.max(lowest.unwrap_or_default()).to_string())?;
    settings::write(&connection, Setting::Ministry, &profile.fingerprint().to_string())?;
    Ok(connection)
}

/// Makes the folder where it is missing, for this user alone.
fn make_private(folder: &Path) -> std::io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// Closes the file to other users of the machine; SQLite gives its companion files the same rights.
#[cfg_attr(not(unix), expect(unused_variables, reason = "elsewhere a user's files are the user's by where they lie"))]
fn keep_private(file: &Path) {
    #[cfg(unix)]
    if let Err(error) = fs::set_permissions(file, std::os::unix::fs::PermissionsExt::from_mode(0o600)) {
        tracing::warn!(%error, "other users of this machine may read the data file");
    }
}

/// Looks at an existing file without changing a byte of it.
fn refuse_foreign(file: &Path, profile: &Profile) -> std::result::Result<(), Trouble> {
    let look = || -> rusqlite::Result<(Option<u32>, Option<String>, Option<String>)> {
        let connection = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        let has = |table: &str| {
            connection.query_row("SELECT count(*) FROM sqlite_schema WHERE name = ?1", [table], |row| {
                Ok(row.get::<_, u32>(0)? > 0)
            })
        };
        let version = if has("refinery_schema_history")? {
            connection.query_row("SELECT max(version) FROM refinery_schema_history", [], |row| row.get(0))?
        } else {
            None
        };
        let has_settings = has("setting")?;
        let setting = |name: &str| {
            if !has_settings {
                return Ok(None);
            }
            connection.query_row("SELECT value FROM setting WHERE name = ?1", [name], |row| row.get(0)).optional()
        };
        Ok((version, setting("ministry")?, setting("lowest_schema")?))
    };
    let seen = match look() {
        Err(error) if was_cut_short(&error) => take_back(file).and_then(|()| look()),
        seen => seen,
    };
    let (version, ministry, lowest) = seen.map_err(|error| {
        tracing::error!(%error, "the data file cannot be read");
        trouble(&OpenError::from(error))
    })?;
    let newest = migrations::migrations::runner().get_migrations().iter().map(|m| m.version()).max();
    let lowest = lowest.and_then(|lowest| lowest.parse::<i64>().ok()).or(version.map(i64::from));
    if lowest > newest.map(i64::from) {
        return Err(Trouble::DataIsNewer);
    }
    if ministry.is_some_and(|ministry| ministry != profile.fingerprint().to_string()) {
        return Err(Trouble::DataOfAnotherMinistry);
    }
    Ok(())
}

/// Whether the app ended, or power was cut, while the file was being made. Once it is made it has a write-ahead log.
fn was_cut_short(error: &rusqlite::Error) -> bool {
    error.sqlite_error().is_some_and(|error| error.extended_code == rusqlite::ffi::SQLITE_READONLY_ROLLBACK)
}

/// Has SQLite take back what was begun and not finished, which only one that may write can.
fn take_back(file: &Path) -> rusqlite::Result<()> {
    Connection::open(file)?.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))
}

fn trouble(error: &OpenError) -> Trouble {
    let code = match error {
        OpenError::Store(StoreError::Sqlite(error)) => error.sqlite_error_code(),
        OpenError::Migration(error) => std::error::Error::source(error)
            .and_then(|source| source.downcast_ref::<rusqlite::Error>())
            .and_then(rusqlite::Error::sqlite_error_code),
        OpenError::Store(StoreError::Value(_) | StoreError::Time(_) | StoreError::Id(_)) => None,
    };
    if code == Some(ErrorCode::DiskFull) {
        Trouble::DiskFull
    } else if matches!(
        code,
        Some(ErrorCode::CannotOpen | ErrorCode::ReadOnly | ErrorCode::PermissionDenied | ErrorCode::SystemIoFailure)
    ) {
        Trouble::FolderNotWritable
    } else {
        Trouble::DataDamaged
    }
}
