//! What names people, as the tables hold it: closed.

use rusqlite::{Connection, OptionalExtension};

use super::{
    database::{Damage, Result, StoreError},
    names::{KeyId, Keys, Opened},
    settings::Setting,
};

/// `place` is the table, the column and the row.
pub(super) fn close(keys: &Keys, place: [&str; 3], plain: &[u8]) -> Result<Vec<u8>> {
    keys.close(place, plain).ok_or(StoreError::NotClosed)
}

/// `None` where its key is gone, which was told once, or where it is damaged.
pub(super) fn open(keys: &Keys, place: [&str; 3], closed: &[u8], damage: &Damage) -> Option<Vec<u8>> {
    match keys.open(place, closed) {
        Opened::Plain(plain) => Some(plain),
        Opened::KeyGone => None,
        Opened::Damaged => {
            tracing::error!(table = place[0], "what names people is damaged");
            damage.note();
            None
        }
    }
}

pub(super) fn write(connection: &Connection, keys: &Keys, setting: Setting, value: &str) -> Result<()> {
    let closed = close(keys, ["closed_setting", "value", setting.name()], value.as_bytes())?;
    connection.execute(
        "INSERT INTO closed_setting (name, value) VALUES (?1, ?2)
         ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (setting.name(), closed),
    )?;
    Ok(())
}

pub(super) fn read(connection: &Connection, keys: &Keys, setting: Setting, damage: &Damage) -> Result<Option<String>> {
    let sql = "SELECT value FROM closed_setting WHERE name = ?1";
    let closed: Option<Vec<u8>> = connection.query_row(sql, [setting.name()], |row| row.get(0)).optional()?;
    let opened = closed.and_then(|closed| open(keys, ["closed_setting", "value", setting.name()], &closed, damage));
    Ok(opened.and_then(|value| String::from_utf8(value).ok()))
}

/// A column that holds closed values.
struct Column {
    table: &'static str,
    column: &'static str,
    /// What of a row its values are bound to.
    row: &'static str,
    /// The column for which they were closed.
    closed_for: &'static str,
}

const fn column(table: &'static str, column: &'static str, row: &'static str) -> Column {
    Column { table, column, row, closed_for: column }
}

pub(super) fn remove(connection: &Connection, setting: Setting) -> Result<()> {
    connection.execute("DELETE FROM closed_setting WHERE name = ?1", [setting.name()])?;
    Ok(())
}

/// Every one of them.
const COLUMNS: [Column; 11] = [
    column("trip", "private", "coalesce(closed_as, id)"),
    Column { closed_for: "private", ..column("trip", "older", "coalesce(closed_as, id)") },
    column("form", "private", "coalesce(closed_as, name)"),
    Column { closed_for: "private", ..column("form", "older", "coalesce(closed_as, name)") },
    column("party", "private", "coalesce(closed_as, trip)"),
    column("party", "unread", "coalesce(closed_as, trip)"),
    column("sighting", "private", "id"),
    column("check_in", "private", "coalesce(closed_as, id)"),
    column("letter", "private", "id"),
    column("message", "private", "coalesce(closed_as, id)"),
    column("closed_setting", "value", "name"),
];

/// Closes anew what an older key closed. Whether there was any.
pub(super) fn close_anew(connection: &Connection, keys: &Keys) -> Result<bool> {
    let mut has_any = false;
    for Column { table, column, row, closed_for } in COLUMNS {
        let sql = format!("SELECT rowid, {row}, {column} FROM {table} WHERE {column} IS NOT NULL");
        let mut statement = connection.prepare(&sql)?;
        let mut rows = statement.query([])?;
        let mut anew = Vec::new();
        while let Some(row) = rows.next()? {
            let read = || Ok::<(i64, String, Vec<u8>), rusqlite::Error>((row.get(0)?, row.get(1)?, row.get(2)?));
            // what is damaged, or whose key is not there, stays as it is
            let Some((row, name, value)) = Damage::default().readable(read().map_err(Into::into))? else { continue };
            let place = [table, closed_for, &name];
            if !keys.has_current(&value)
                && let Some(plain) = open(keys, place, &value, &Damage::default())
            {
                anew.push((row, close(keys, place, &plain)?));
            }
        }
        for (row, value) in &anew {
            connection.execute(&format!("UPDATE {table} SET {column} = ?2 WHERE rowid = ?1"), (row, value))?;
        }
        has_any |= !anew.is_empty();
    }
    Ok(has_any)
}

/// Whether something stands closed under another key.
pub(super) fn has_others(connection: &Connection, key: KeyId) -> Result<bool> {
    is_any(connection, |closed| !closed.starts_with(&key))
}

/// Whether something stands closed under a key that was not found.
pub(super) fn is_key_gone(connection: &Connection, keys: &Keys) -> Result<bool> {
    is_any(connection, |closed| !keys.has(closed))
}

/// Whether something stands closed under a key that the keychain may give at another start.
pub(super) fn is_key_away(connection: &Connection, keys: &Keys) -> Result<bool> {
    is_any(connection, |closed| keys.is_away(closed))
}

/// Whether what stands closed in one row may be read again at another start.
pub(super) fn is_away(
    connection: &Connection,
    keys: &Keys,
    [table, column]: [&str; 2],
    (name, id): (&str, &str),
) -> Result<bool> {
    let sql = format!("SELECT {column} FROM {table} WHERE {name} = ?1");
    let closed: Option<Vec<u8>> = connection.query_row(&sql, [id], |row| row.get(0)).optional()?.flatten();
    Ok(closed.is_some_and(|closed| keys.is_away(&closed)))
}

fn is_any(connection: &Connection, is_one: impl Fn(&[u8]) -> bool) -> Result<bool> {
    for Column { table, column, .. } in COLUMNS {
        let mut statement = connection.prepare(&format!("SELECT {column} FROM {table} WHERE {column} IS NOT NULL"))?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            if is_one(&row.get::<_, Vec<u8>>(0)?) {
                return Ok(true);
            }
        }
    }
    Ok(false)
}
