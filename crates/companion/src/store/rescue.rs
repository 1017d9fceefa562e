//! A damaged file is set aside as it is, and what can be read of it is taken over into a new one, row by row.
//!
//! The new file is made whole beside it before anything is moved: whoever is killed in between begins again, or ends
//! what was begun.

use std::{
    collections::BTreeSet,
    fs, io,
    path::{Path, PathBuf},
};

use contract::profile::Profile;
use jiff::Timestamp;
use rusqlite::{Connection, OpenFlags, params_from_iter, types::Value};

use super::{
    aside::{PARTS, beside, set_aside},
    database::Result,
    files::remove,
    mended, outbox,
    schema::{self, OpenError},
    settings::{self, Setting},
};
use crate::error::Trouble;

/// What is lost of these comes again from the ministry; the rest of them is verified again whenever it is read.
const OF_THE_BULLETIN: [&str; 3] = ["key_set", "signed_entry", "entry"];
/// How far the log was followed is not said of what may lack entries: it is followed anew.
const NOT_FOLLOWED: [Setting; 9] = [
    Setting::Head,
    Setting::HeadTag,
    Setting::Watermark,
    Setting::WatermarkTag,
    Setting::FollowedSeq,
    Setting::FollowedHash,
    Setting::ProvenSeq,
    Setting::SnapshotWanted,
    Setting::Shipped,
];
/// Beyond this a row's number is no number of a row.
const MOST_ROWS: i64 = 100_000;

fn rebuilt(file: &Path) -> PathBuf {
    beside(file, ".rebuilt")
}

/// Ends what was cut short: once the damaged file is away, the new one is whole.
pub(super) fn finish(file: &Path, now: Timestamp) -> io::Result<()> {
    let new = rebuilt(file);
    if !file.exists() && new.exists() {
        set_aside(file, now)?;
        fs::rename(&new, file)?;
    }
    Ok(())
}

/// Sets `file` aside and puts what can be read of it in its place.
///
/// # Errors
/// Why it is left as it was: it is another's, or a new one cannot be made.
pub(super) fn rebuild(file: &Path, profile: &Profile, now: Timestamp) -> std::result::Result<(), Trouble> {
    let old = Old::open(file);
    old.refuse_foreign(profile)?;
    let new = rebuilt(file);
    let told = |error: OpenError| {
        tracing::error!(%error, "no new data file can be made");
        schema::trouble(&error)
    };
    let not_moved = |error: io::Error| {
        tracing::error!(%error, "the damaged data file cannot be set aside");
        Trouble::FolderNotWritable
    };
    PARTS.iter().try_for_each(|part| remove(&beside(&new, part))).map_err(not_moved)?;
    let lost = old.take_over(&new, now).map_err(told)?;
    drop(old);
    tracing::error!(?lost, "the data file was damaged: it is set aside, and what could be read is taken over");
    set_aside(file, now).and_then(|()| fs::rename(&new, file)).map_err(not_moved)
}

/// The damaged file; where not even a table of contents is left, nothing can be read.
struct Old(Option<Connection>);

/// How many rows cannot be read; `None` where nobody can tell how many there were.
type Lost = Option<u32>;

struct Row {
    number: i64,
    values: Vec<Value>,
}

impl Old {
    fn open(file: &Path) -> Self {
        let open = || {
            let connection = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
            // one damaged line or page of the table of contents does not hide those before it
            connection.pragma_update(None, "writable_schema", "ON")?;
            connection.query_row("SELECT 1 FROM sqlite_schema LIMIT 1", [], |_| Ok(()))?;
            Ok::<_, rusqlite::Error>(connection)
        };
        match open() {
            Ok(connection) => Self(Some(connection)),
            Err(error) => {
                tracing::error!(%error, "nothing of the damaged file can be read");
                Self(None)
            }
        }
    }

    fn setting(&self, name: &str) -> Option<String> {
        let (rows, _) = self.rows("setting", &["name".into(), "value".into()]);
        rows.into_iter().find_map(|row| match <[Value; 2]>::try_from(row.values) {
            Ok([Value::Text(found), Value::Text(value)]) if found == name => Some(value),
            Ok(_) | Err(_) => None,
        })
    }

    /// The newest migration that it has.
    fn schema(&self) -> Option<i64> {
        let (rows, _) = self.rows("refinery_schema_history", &["version".into()]);
        let version = |row: &Row| match row.values.first() {
            Some(Value::Integer(version)) => Some(*version),
            Some(_) | None => None,
        };
        rows.iter().filter_map(version).max()
    }

    /// That of the oldest app that has every column there is: where the list of migrations is damaged it says too little.
    fn schema_by_columns(&self) -> Option<i64> {
        let there = all_columns(self.0.as_ref()?);
        let has_all = |(version, empty): (i64, std::result::Result<Connection, OpenError>)| {
            all_columns(&empty.ok()?).is_superset(&there).then_some(version)
        };
        schema::each().find_map(has_all)
    }

    /// A file that says it is another's, or a newer app's, is theirs to mend.
    fn refuse_foreign(&self, profile: &Profile) -> std::result::Result<(), Trouble> {
        schema::refuse(self.schema(), self.setting("lowest_schema"), self.setting("ministry"), profile)
    }

    /// Makes the new file, with all that can be read, as today's app has it: what cannot be brought up to date takes no
    /// file's place. Gives how many rows of the traveller's are lost.
    fn take_over(&self, file: &Path, now: Timestamp) -> std::result::Result<Lost, OpenError> {
        // a list of migrations that names none is damaged too
        let version = self.schema().max(self.schema_by_columns()).filter(|version| *version > 0);
        let mut new = schema::make(file, version)?;
        let lost = self.take_tables(&mut new)?;
        schema::bring_up_to_date(&mut new)?;
        let transaction = new.transaction()?;
        for setting in NOT_FOLLOWED {
            settings::remove(&transaction, setting)?;
        }
        outbox::enter_what_lacks(&transaction)?;
        mended::note_damage(&transaction, now, lost)?;
        transaction.commit()?;
        // all of it is in the one file that is moved
        new.close().map_err(|(_, error)| error)?;
        Ok(lost)
    }

    fn take_tables(&self, new: &mut Connection) -> Result<Lost> {
        let transaction = new.transaction()?;
        let mut lost = Some(0);
        for table in tables(&transaction)? {
            let lost_of_it = self.take_table(&table, &transaction)?;
            if !OF_THE_BULLETIN.contains(&table.as_str()) {
                lost = mended::sum(lost, lost_of_it);
            }
        }
        transaction.commit()?;
        Ok(lost)
    }

    fn take_table(&self, table: &str, new: &Connection) -> Result<Lost> {
        let wanted = columns(new, table)?;
        let there = self.0.as_ref().map(|old| columns(old, table)).transpose().unwrap_or_default().unwrap_or_default();
        let both: Vec<String> = wanted.into_iter().filter(|column| there.contains(column)).collect();
        let (rows, unread) = self.rows(table, &both);
        let mut refused = 0;
        let places = vec!["?"; both.len() + 1].join(", ");
        let sql = format!("INSERT INTO {table} (rowid, {}) VALUES ({places})", both.join(", "));
        for Row { number, values } in rows {
            let taken = new.execute(&sql, params_from_iter([Value::Integer(number)].into_iter().chain(values)));
            match taken {
                Ok(_) => {}
                // what damage made of it is no such row
                Err(error) if error.sqlite_error_code() == Some(rusqlite::ErrorCode::ConstraintViolation) => {
                    refused += 1
                }
                Err(error) => return Err(error.into()),
            }
        }
        Ok(mended::sum(unread, Some(refused)))
    }

    /// The rows that can be read, and how many cannot.
    fn rows(&self, table: &str, columns: &[String]) -> (Vec<Row>, Lost) {
        let Some(old) = &self.0 else { return (Vec::new(), None) };
        if columns.is_empty() {
            // it is not in what can be read of the table of contents
            return (Vec::new(), None);
        }
        let sql = format!("SELECT {} FROM {table} NOT INDEXED WHERE rowid = ?1", columns.join(", "));
        let Ok(mut one) = old.prepare(&sql) else { return (Vec::new(), None) };
        let (numbers, is_all) = numbers(old, table);
        let mut rows = Vec::new();
        let mut lost = 0;
        for number in numbers {
            let values = |row: &rusqlite::Row<'_>| (0..columns.len()).map(|index| row.get(index)).collect();
            match one.query_row([number], values) {
                Ok(values) => rows.push(Row { number, values }),
                Err(rusqlite::Error::QueryReturnedNoRows) => {}
                Err(error) => {
                    tracing::warn!(%error, table, "a row cannot be read");
                    lost += 1;
                }
            }
        }
        (rows, Some(lost).filter(|_| is_all))
    }
}

/// Those that hold what is kept.
fn tables(connection: &Connection) -> rusqlite::Result<Vec<String>> {
    let sql = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'
               AND name <> 'refinery_schema_history'";
    connection.prepare(sql)?.query_map([], |row| row.get(0))?.collect()
}

fn columns(connection: &Connection, table: &str) -> rusqlite::Result<Vec<String>> {
    let mut statement = connection.prepare("SELECT name FROM pragma_table_info(?1)")?;
    statement.query_map([table], |row| row.get(0))?.collect()
}

/// Every table with each of its columns, as far as they can be read.
fn all_columns(connection: &Connection) -> BTreeSet<(String, String)> {
    let sql = "SELECT t.name, c.name FROM sqlite_schema AS t, pragma_table_info(t.name) AS c
               WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%'";
    let Ok(mut statement) = connection.prepare(sql) else { return BTreeSet::new() };
    let Ok(found) = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))) else { return BTreeSet::new() };
    found.map_while(std::result::Result::ok).collect()
}

/// The numbers that a table's rows have, from its index and from either end of the table; where each of them breaks off,
/// all that may lie between. False where there may be others.
fn numbers(old: &Connection, table: &str) -> (BTreeSet<i64>, bool) {
    let mut found = BTreeSet::new();
    let mut last = None;
    let ways = [
        // a table with a number for its key has none
        format!("SELECT rowid FROM {table} INDEXED BY sqlite_autoindex_{table}_1"),
        format!("SELECT rowid FROM {table} NOT INDEXED ORDER BY rowid"),
        format!("SELECT rowid FROM {table} NOT INDEXED ORDER BY rowid DESC"),
    ];
    let mut is_all = false;
    for sql in ways {
        last = None;
        let Ok(mut statement) = old.prepare(&sql) else { continue };
        let Ok(mut rows) = statement.query([]) else { continue };
        let mut first = None;
        is_all |= loop {
            match rows.next().map(|row| row.map(|row| row.get::<_, i64>(0))) {
                Ok(Some(Ok(number))) => {
                    first.get_or_insert(number);
                    found.insert(number);
                }
                Ok(None) => break true,
                Ok(Some(Err(_))) | Err(_) => break false,
            }
        };
        // of the way from the end it is the first
        last = first;
    }
    if is_all {
        return (found, true);
    }
    let last = last.filter(|last| *last <= MOST_ROWS);
    found.extend(1..=last.unwrap_or_default());
    (found, last.is_some())
}
