//! Opening the file: private, whole, up to date, this ministry's own. A damaged one is set aside and what can be read of
//! it taken over; another's is left as it was.

use std::{fs, path::Path};

use contract::profile::Profile;
use jiff::Timestamp;
use rand::rngs::StdRng;
use rusqlite::{Connection, OpenFlags, OptionalExtension};

use super::{aside, closed, database::Store, names::Keys, rescue, schema};
use crate::{error::Trouble, keychain::Keychain};

impl Store {
    /// Opens `folder/saparlas.db`, making both where they are missing.
    /// A file that is newer than this program or belongs to another ministry is left untouched.
    pub fn open(
        folder: &Path,
        profile: &Profile,
        now: Timestamp,
        keychain: &dyn Keychain,
        rng: &mut StdRng,
    ) -> Result<Self, Trouble> {
        let not_writable = |error: std::io::Error| {
            tracing::error!(%error, "the data folder cannot be written");
            Trouble::FolderNotWritable
        };
        make_private(folder).map_err(not_writable)?;
        let file = folder.join("saparlas.db");
        rescue::finish(&file, now).map_err(not_writable)?;
        let open = || {
            if file.exists() {
                look_at(&file, profile)?;
            }
            schema::open(&file, profile).map_err(|error| {
                tracing::error!(%error, "the store cannot be opened");
                schema::trouble(&error)
            })
        };
        let connection = match open() {
            Err(Trouble::DataDamaged) => {
                rescue::rebuild(&file, profile, now)?;
                open()
            }
            opened => opened,
        };
        let connection = connection?;
        // where it cannot be told, the keychain is asked
        let has_others = |key| closed::has_others(&connection, key).unwrap_or(true);
        let keys = Keys::find(folder, keychain, has_others, rng).map_err(|error| {
            tracing::error!(%error, "the key cannot be kept");
            if error.kind() == std::io::ErrorKind::StorageFull { Trouble::DiskFull } else { Trouble::FolderNotWritable }
        })?;
        aside::close_all(&file, &keys);
        Ok(Self::new(connection, keys))
    }
}

/// Makes the folder where it is missing, for this user alone.
fn make_private(folder: &Path) -> std::io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// What a file says of itself.
struct Seen {
    version: Option<i64>,
    ministry: Option<String>,
    lowest: Option<String>,
    is_whole: bool,
}

/// Looks at an existing file without changing a byte of it: whether it is ours, and whole.
fn look_at(file: &Path, profile: &Profile) -> Result<(), Trouble> {
    let seen = match see(file) {
        Err(error) if was_cut_short(&error) => take_back(file).and_then(|()| see(file)),
        seen => seen,
    };
    let seen = seen.map_err(|error| {
        tracing::error!(%error, "the data file cannot be read");
        schema::trouble(&error.into())
    })?;
    schema::refuse(seen.version, seen.lowest, seen.ministry, profile)?;
    if seen.is_whole { Ok(()) } else { Err(Trouble::DataDamaged) }
}

fn see(file: &Path) -> rusqlite::Result<Seen> {
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
    let (ministry, lowest) = (setting("ministry")?, setting("lowest_schema")?);
    // every page is read, and the indexes held against their tables
    let found: String = connection.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
    if found != "ok" {
        tracing::error!(found, "the data file is damaged");
    }
    Ok(Seen { version, ministry, lowest, is_whole: found == "ok" })
}

/// Whether the app ended, or power was cut, while the file was being made. Once it is made it has a write-ahead log.
fn was_cut_short(error: &rusqlite::Error) -> bool {
    error.sqlite_error().is_some_and(|error| error.extended_code == rusqlite::ffi::SQLITE_READONLY_ROLLBACK)
}

/// Has SQLite take back what was begun and not finished, which only one that may write can.
fn take_back(file: &Path) -> rusqlite::Result<()> {
    Connection::open(file)?.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))
}
